"""A parsed document as plain lists.

spaCy's token objects cost a microsecond an access; the coder looks at every token many times. So the
attributes that it needs are taken out of the `Doc` once, as lists indexed by token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Function words that spaCy's small models sometimes tag as verbs, and forms whose lemma they miss.
_LEMMA_FIX = {
    "'s": "'s",
    "n't": "not",
    "’t": "not",
    "ca": "can",
    "wo": "will",
    "'ll": "will",
    "'d": "would",
    "’s": "'s",
}


class View:
    """Token lists of one parsed document; all lists have one entry per token.

    Attributes
    ----------
    text, lower, lemma
        The token as it stands, in lower case, and its lemma in lower case.
    pos, tag, dep
        Universal part of speech, Penn tag and dependency label, as strings.
    head
        Index of the syntactic head; the root of a sentence is its own head.
    start, end
        Half-open character offsets into the document's text.
    sent
        Index of the sentence that the token stands in.
    ent
        Entity type, ``""`` outside entities.
    children
        Indices of the syntactic children, in order.
    sents
        Half-open token ranges of the sentences.
    """

    __slots__ = (
        "_above", "_left", "_right",
        "children", "dep", "doc", "end", "ent", "head", "lemma", "lower", "pos", "raw", "sent",
        "sents", "start", "tag", "text",
    )  # fmt: skip

    def __init__(self, doc: Doc) -> None:
        from spacy.attrs import DEP, ENT_TYPE, HEAD, IDX, LEMMA, LENGTH, LOWER, ORTH, POS, SENT_START, TAG

        self.doc = doc
        self.raw: str = doc.text
        columns = doc.to_array([ORTH, LOWER, LEMMA, POS, TAG, DEP, ENT_TYPE, HEAD, IDX, LENGTH, SENT_START])
        strings = doc.vocab.strings
        cache: dict[int, str] = {0: ""}

        def texts(column: int) -> list[str]:
            out = []
            for key in columns[:, column].tolist():
                value = cache.get(key)
                if value is None:
                    value = cache[key] = strings[key]
                out.append(value)
            return out

        n = len(doc)
        self.text = texts(0)
        self.lower = texts(1)
        lemmas = texts(2)
        self.lemma = [
            _LEMMA_FIX.get(low) or (lem.lower() if lem else low) for lem, low in zip(lemmas, self.lower, strict=True)
        ]
        self.pos = texts(3)
        self.tag = texts(4)
        self.dep = texts(5)
        self.ent = texts(6)
        heads = columns[:, 7].astype("int64").tolist()
        self.head: list[int] = [i + h for i, h in enumerate(heads)]
        self.start: list[int] = columns[:, 8].astype("int64").tolist()
        self.end: list[int] = [
            s + length for s, length in zip(self.start, columns[:, 9].astype("int64").tolist(), strict=True)
        ]
        self.children: list[list[int]] = [[] for _ in range(n)]
        for i, h in enumerate(self.head):
            if h != i:
                self.children[h].append(i)
        begins = [i for i, flag in enumerate(columns[:, 10].astype("int64").tolist()) if flag == 1 or i == 0]
        self.sents = [(b, e) for b, e in zip(begins, [*begins[1:], n], strict=True)] if n else []
        self.sent = [0] * n
        for k, (b, e) in enumerate(self.sents):
            for i in range(b, e):
                self.sent[i] = k
        self._above: dict[int, tuple[int, ...]] = {}
        self._left: list[int] | None = None
        self._right: list[int] | None = None

    def __len__(self) -> int:
        return len(self.text)

    def sentence(self, k: int) -> tuple[int, int, str]:
        """Character span and text of sentence `k`, without surrounding white space."""
        b, e = self.sents[k]
        while b < e - 1 and not self.text[b].strip():
            b += 1
        while e > b + 1 and not self.text[e - 1].strip():
            e -= 1
        start, end = self.start[b], self.end[e - 1]
        return start, end, self.raw[start:end]

    def words(self, first: int, last: int) -> str:
        """The text of the tokens from `first` up to, not including, `last`, as it stands in the document."""
        return self.raw[self.start[first] : self.end[last - 1]] if last > first else ""

    def edges(self, i: int) -> tuple[int, int]:
        """Half-open token range of the subtree of token `i`."""
        if self._left is None or self._right is None:
            self._left, self._right = self._subtree_edges()
        return self._left[i], self._right[i] + 1

    def _subtree_edges(self) -> tuple[list[int], list[int]]:
        n = len(self.text)
        left, right = list(range(n)), list(range(n))
        depth = [-1] * n
        for i in range(n):
            chain = []
            j = i
            while depth[j] < 0 and self.head[j] != j:
                chain.append(j)
                j = self.head[j]
            base = max(depth[j], 0)
            depth[j] = base
            for step, k in enumerate(reversed(chain), 1):
                depth[k] = base + step
        for i in sorted(range(n), key=depth.__getitem__, reverse=True):
            h = self.head[i]
            if h != i:
                left[h] = min(left[h], left[i])
                right[h] = max(right[h], right[i])
        return left, right

    def ancestors(self, i: int) -> tuple[int, ...]:
        """Heads of token `i` from the nearest up to the root of its sentence."""
        known = self._above.get(i)
        if known is None:
            out, node = [], i
            while self.head[node] != node:
                node = self.head[node]
                out.append(node)
            known = self._above[i] = tuple(out)
        return known
