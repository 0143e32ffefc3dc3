"""Which of the known names in a text are names of actors there, and which only look like one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator

from worldstage.coding.titles import role_at
from worldstage.coding.view import View
from worldstage.reference.actors import Hit

# A dateline is no longer than this, in tokens.
_DATELINE = 12
# *US-backed rebels* are not the United States; nor are *anti-Russian* protesters Russia.
_FOREIGN_PREFIX = frozenset({"pro", "anti", "ex", "non"})
_NO_ACTORS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "LANGUAGE", "WORK_OF_ART"})


def dateline(view: View) -> range:
    """The tokens of a dateline at the head (*VERSAILLES, France —*): it says where, not who."""
    for i in range(min(len(view), _DATELINE)):
        if (
            view.text[i] in ("—", "–", "--", "-")
            and view.start[i] > view.end[i - 1] > 0
            and view.text[0].isupper()
            and len(view.text[0]) > 2
        ):
            return range(i)
    return range(0)


def usable(view: View, hits: Iterable[Hit], taken: Collection[int]) -> Iterator[tuple[Hit, int, int]]:
    """Hits that name an actor, each with its half-open range of tokens.

    Parameters
    ----------
    taken
        Tokens that are out of play.
    """
    starts, n = view.start, len(view)
    for hit in hits:
        i = bisect_left(starts, hit.start)
        j = bisect_left(starts, hit.end)
        if i in taken or i == j or i >= n or starts[i] != hit.start:
            continue
        if view.ent[i] in _NO_ACTORS and hit.entries[0].kind != "demonym":
            continue
        if _is_backer(view, j) or (i >= 2 and view.lower[i - 1] == "-" and view.lower[i - 2] in _FOREIGN_PREFIX):
            continue
        if not _part_of_other_name(view, hit, i, j):
            yield hit, i, j


def _is_backer(view: View, j: int) -> bool:
    """Whether the name that ends before token `j` is only a part of *US-backed*, *Saudi-led*."""
    if j + 1 >= len(view) or view.lower[j] != "-" or view.start[j] != view.end[j - 1]:
        return False
    return view.pos[j + 1] in ("VERB", "ADJ")


def _part_of_other_name(view: View, hit: Hit, i: int, j: int) -> bool:
    """*Jordan* in *Michael Jordan*; *Georgia* in *Georgia Meloni*: a person's name that is not in the table."""
    if view.ent[i] != "PERSON" or any(e.kind == "leader" for e in hit.entries):
        return False
    before = i > 0 and view.ent[i - 1] == "PERSON" and view.pos[i - 1] == "PROPN" and view.text[i - 1][:1].isupper()
    after = j < len(view) and view.ent[j] == "PERSON" and view.pos[j] == "PROPN" and view.dep[j - 1] == "compound"
    if before and role_at(view, i - 1):
        before = False
    surname = any(e.kind == "surname" for e in hit.entries)
    return after or (before and not surname) or (before and surname and not _first_name_fits(view, hit, i))


def _first_name_fits(view: View, hit: Hit, i: int) -> bool:
    """Whether the first name before a surname fits one of its bearers."""
    first = view.text[i - 1]
    return any(e.person and e.person.split()[0][:2].casefold() == first[:2].casefold() for e in hit.entries)
