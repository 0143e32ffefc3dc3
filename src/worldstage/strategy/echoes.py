"""Echoes: statements that repeat what was said before in the case, and words that point back themselves.

Wording is compared by TF-IDF: word stems and pairs of neighbouring ones, rare ones counting more. Two statements of
one document, of copies of one document, or reported within a day of each other are one utterance, not an echo.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

# Words that are no names which two statements must share at least, and the cosine that makes them an echo: the more
# words, the lower; lower too where a speaker comes back to its own words, and lowest where a pointer back ("repeated
# that …") says that there are some. Judged by eye on the bundled case.
OF_ANOTHER = ((3, 0.3), (2, 0.45))
OF_ONESELF = ((2, 0.25),)
OF_POINTED = ((2, 0.15),)
# Days between two reports from which they are two utterances.
APART = 2
_BLOCK = 1000
Bars = Sequence[tuple[int, float]]
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_STOP = frozenset(
    """a about above accord according across after again against all almost already also although always am among an
    and another any anybody anyone anything are as ask asked at away back be became because been before behind being
    below between both but by call called can cannot come could day days declare declared did do does done down during
    each either else even ever every everybody everyone everything few first for from get give given go good had has
    have he her here him himself his how however i if in indeed instead into is it its itself just last least less let
    like made make many may me mean might minister month more most much must my name never new next no nobody none nor
    not nothing now of off often old on once one only or other others our out over own part past people perhaps
    president put quite rather really said same say saying says see seem seen shall she should since so some somebody
    someone something soon still such take taken tell than that the their them themselves then there these they thing
    things think this those though three through thus time to today together told tomorrow too took toward towards two
    under until up upon us very want wanted wants was way we week well were what when where whether which while who
    whole whom whose why will with within without would year years yes yesterday yet you your monday tuesday wednesday
    thursday friday saturday sunday january february march april june july august september october november december
    spokesman spokeswoman secretary foreign prime chancellor head official officials government""".split()
)
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_TELLS = r"(?:said|warned|demanded|declared|promised|insisted|done|called for)"
_SPOKE = (
    "said|says|called|calls|claimed|claims|demanded|demands|insisted|insists|warned|warns|denied|denies|accused|accuses|"
    "urged|urges|refused|rejected|promised|threatened"
)
_WHO = "(?:he|she|it|they|we|i)"
# "As he said" alone is how reports attribute words; with "had", or a year, it points back.
_CUES = (
    rf"as (?:in|early as|long ago as|far back as) {_YEAR}",
    rf"as {_WHO}(?: did| {_TELLS}| (?:had|has|have) {_TELLS})? (?:in|on) {_YEAR}",
    rf"as {_WHO} (?:had|has|have) (?:already )?{_TELLS}",
    r"as (?:we|i) said",
    r"repeat(?:s|ed|ing)?|reiterat(?:es|ed|e|ing)|once (?:again|more)",
    r"renew(?:s|ed|ing) (?:his|her|its|their|the|a) (?:calls?|demands?|threats?|offer|appeal|warnings?)",
    rf"again (?:{_SPOKE})|(?:{_SPOKE}) again",
)
_POINTER = re.compile(rf"\b(?:{'|'.join(_CUES)})\b", re.IGNORECASE)
_YEAR_IN = re.compile(_YEAR)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: its words, the sentence that reports it, and where that stands.

    Attributes
    ----------
    group
        The document, or the one that it copies.
    """

    record: str
    speaker: str
    date: dt.date | None
    text: str
    sentence: str
    document: str
    group: str


@dataclass(frozen=True, slots=True)
class Echo:
    """A later statement that is worded as an earlier one.

    Attributes
    ----------
    likeness
        Cosine of the two, 0 to 1.
    shared
        The words that both have, rarest first.
    """

    earlier: Said
    later: Said
    likeness: float
    shared: tuple[str, ...]

    @property
    def same_speaker(self) -> bool:
        """Whether the speaker repeats itself."""
        return self.earlier.speaker == self.later.speaker


@dataclass(frozen=True, slots=True)
class Pointer:
    """Words that point back (``as in 1999``, ``repeated``), and what they point to in the case, if it is there.

    Attributes
    ----------
    year
        A year long before, named in the sentence with it; None for none.
    """

    said: Said
    cue: str
    year: int | None
    earlier: Echo | None


def echoes(said: Sequence[Said]) -> list[Echo]:
    """For each statement, the earlier one that it is most like, if it is like enough; the closest first."""
    space = _Space([s for s in said if s.date is not None])
    best: dict[tuple[str, str], Echo] = {}
    for later, found in space.likest(OF_ONESELF, OF_ANOTHER):
        if found is None:
            continue
        # One sentence may hold several statements; it echoes once.
        key = (found.earlier.sentence, later.sentence)
        if key not in best or best[key].likeness < found.likeness:
            best[key] = found
    return sorted(best.values(), key=lambda e: (-e.likeness, e.later.record))


def pointers(said: Sequence[Said], first: dt.date) -> list[Pointer]:
    """Statements whose sentence points back, by date.

    Parameters
    ----------
    first
        The first day of the case: years named before its year are long before.
    """
    dated = [s for s in said if s.date is not None]
    found = {s.record: m.group() for s in dated if (m := _POINTER.search(s.sentence))}
    if not found:
        return []
    space = _Space(dated)
    near = {later.record: echo for later, echo in space.likest(OF_POINTED, ()) if later.record in found}
    out: dict[str, Pointer] = {}
    for s in dated:
        if s.record not in found:
            continue
        cue = found[s.record]
        named = _YEAR_IN.search(cue)
        year = int(named.group()) if named and int(named.group()) < first.year else None
        pointer = Pointer(s, cue, year, near.get(s.record))
        if s.sentence not in out or (pointer.earlier and not out[s.sentence].earlier):
            out[s.sentence] = pointer
    return sorted(out.values(), key=lambda p: (p.said.date or first, p.said.record))


def stem(word: str) -> str:
    """A word without its commonest endings: rough, but the same for the forms of one word."""
    word = word.casefold()
    for ending in ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ed", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word.rstrip("ei") if len(word) > 4 else word


def content(text: str) -> list[tuple[str, str, bool]]:
    """The words that carry content: stem, word, and whether it is a name (a capital within the sentence)."""
    out = []
    for n, m in enumerate(_WORD.finditer(text)):
        word = m.group()
        if len(word) > 2 and word.casefold() not in _STOP:
            out.append((stem(word), word, n > 0 and word[0].isupper()))
    return out


class _Space:
    """Statements as rows of weighted words."""

    def __init__(self, said: Sequence[Said]) -> None:
        self.said = sorted(said, key=lambda s: (s.date or dt.date.min, s.record))
        self.words = [content(s.text) for s in self.said]
        self.stems = [{s: w for s, w, name in words if not name} for words in self.words]
        self.rows = self._rows()

    def _rows(self) -> Any:
        from scipy.sparse import csr_matrix

        index: dict[str, int] = {}
        data, columns, starts = [], [], [0]
        for words in self.words:
            stems = [s for s, _, _ in words]
            terms = Counter([*stems, *(f"{a} {b}" for a, b in pairwise(stems))])
            for term, n in terms.items():
                columns.append(index.setdefault(term, len(index)))
                data.append(1.0 + np.log(n))
            starts.append(len(columns))
        matrix = csr_matrix((data, columns, starts), shape=(len(self.words), max(len(index), 1)))
        often = np.bincount(matrix.indices, minlength=matrix.shape[1])
        self.rarity = np.log((1 + len(self.words)) / (1 + often)) + 1
        self.index = index
        matrix = matrix.multiply(self.rarity).tocsr()
        length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        return matrix.multiply((1 / np.where(length > 0, length, 1.0))[:, None]).tocsr()

    def likest(self, own: Bars, others: Bars) -> list[tuple[Said, Echo | None]]:
        """Each statement with the earlier one that it is most like, by the bars for one's own words and others'."""
        least = min(bar for _, bar in (*own, *others))
        out: list[tuple[Said, Echo | None]] = []
        for start in range(0, len(self.said), _BLOCK):
            block = (self.rows[start : start + _BLOCK] @ self.rows.T).tocsr()
            for i in range(block.shape[0]):
                part = slice(block.indptr[i], block.indptr[i + 1])
                pairs = zip(block.data[part].tolist(), block.indices[part].tolist(), strict=True)
                near = sorted((-d, j) for d, j in pairs if d >= least)
                found = (self._echo(j, start + i, -d, own, others) for d, j in near)
                out.append((self.said[start + i], next((e for e in found if e), None)))
        return out

    def _echo(self, i: int, j: int, likeness: float, own: Bars, others: Bars) -> Echo | None:
        earlier, later = self.said[i], self.said[j]
        if earlier.date is None or later.date is None or (later.date - earlier.date).days < APART:
            return None
        if earlier.group == later.group:
            return None
        common = self.stems[i].keys() & self.stems[j].keys()
        bars = own if earlier.speaker == later.speaker else others
        if not any(len(common) >= words and likeness >= bar for words, bar in bars):
            return None
        ranked = sorted(common, key=lambda s: (-self.rarity[self.index[s]], s))
        return Echo(earlier, later, min(likeness, 1.0), tuple(self.stems[j][s] for s in ranked))
