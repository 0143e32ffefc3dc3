"""Titles, bodies and groups of people as they stand in a text: *Turkish foreign minister*, *the army*, *rebels*."""

from __future__ import annotations

from worldstage.coding.view import View
from worldstage.coding.words import words
from worldstage.reference.roles import Role, by_head_word, by_last_word, head_word, roles

MEN, WOMEN = words("mr mr. sir lord king prince"), words("mrs mrs. ms ms. miss lady queen princess madame frau")
"""What stands before the names of men and of women."""
_BEFORE_A_NAME = frozenset({"compound", "amod", "nmod"})


def role_at(view: View, i: int) -> tuple[Role, int] | None:
    """The role that ends at token `i`, and its first token: the longest phrase that the table knows."""
    phrases = by_last_word()
    found = phrases.get(view.lemma[i]) or phrases.get(view.lower[i])
    if found is None:
        return None
    before = (view.lower[i - 1], view.lemma[i - 1]) if i else ()
    for phrase in found:
        n = len(phrase)
        # Hundreds of phrases end in *minister*: the word before it rules out nearly all of them.
        if n > 1 and phrase[-2] not in before:
            continue
        first = i - n + 1
        if first < 0:
            continue
        if n == 1 or all(w in (view.lower[first + k], view.lemma[first + k]) for k, w in enumerate(phrase[:-1])):
            return roles()[" ".join(phrase).replace(" - ", "-")], first
    return None


def role_headed(view: View, i: int) -> tuple[Role, int, int] | None:
    """The role that token `i` is the head of, with its half-open range: *secretary* heads *secretary of state*."""
    if i + 2 < len(view) and view.lower[i + 1] in ("of", "in"):
        for phrase in by_head_word().get(view.lower[i], ()):
            at = head_word(phrase)
            first, last = i - at, i - at + len(phrase)
            if first >= 0 and tuple(view.lower[first:last]) == phrase:
                return roles()[" ".join(phrase)], first, last
    found = role_at(view, i)
    if found is None:
        return None
    said = tuple(found[0].phrase.split())
    return (*found, i + 1) if head_word(said) == len(said) - 1 else None


def title_before(view: View, first: int) -> Role | None:
    """The role that ends right before token `first`; *bombed* before a name is no title."""
    found = role_at(view, first - 1) if first and view.pos[first - 1] != "VERB" else None
    return found[0] if found else None


def left_edge(view: View, i: int) -> int:
    """The first token of the titles and modifiers before a name or noun."""
    while (
        i > 0
        and view.pos[i - 1] in ("PROPN", "NOUN", "ADJ")
        and view.sent[i - 1] == view.sent[i]
        and view.dep[i - 1] in _BEFORE_A_NAME
    ):
        i -= 1
    return i


def full_name_start(view: View, head: int) -> int:
    """The first token of the personal name that ends at token `head`, titles left out."""
    first = head
    while first > 0 and view.ent[first - 1] == "PERSON" and _is_name_part(view, first - 1):
        first -= 1
    return first + (view.text[first] == "-")


def _is_name_part(view: View, i: int) -> bool:
    """Whether a token is a name or the hyphen within one, not a title."""
    if view.text[i] == "-":
        return i > 0 and view.ent[i - 1] == "PERSON" and view.start[i] == view.end[i - 1]
    low = view.lower[i]
    return view.pos[i] == "PROPN" and low not in MEN and low not in WOMEN and not role_at(view, i)


def name_goes_on(view: View, i: int) -> bool:
    """Whether a personal name that the parser tore apart goes on after token `i` (*Adel al-* | *Jubeir*)."""
    after = i + 1
    if view.ent[i] != "PERSON":
        return False
    while after < len(view) and view.text[after] == "-" and view.ent[after] == "PERSON":
        after += 1
    joined = after > i + 1 or view.text[i].endswith("-")
    return joined and after < len(view) and view.ent[after] == "PERSON" and view.pos[after] == "PROPN"
