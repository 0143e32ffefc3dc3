"""Titles, bodies and groups of people as they stand in a text: *Turkish foreign minister*, *the army*, *rebels*."""

from __future__ import annotations

from worldstage.coding.view import View
from worldstage.reference.roles import Role, by_head_word, by_last_word, head_word, roles

_BEFORE_A_NAME = frozenset({"compound", "amod", "nmod"})


def role_at(view: View, i: int) -> tuple[Role, int] | None:
    """The role that ends at token `i`, and its first token: the longest phrase that the table knows."""
    phrases = by_last_word()
    found = phrases.get(view.lemma[i]) or phrases.get(view.lower[i])
    if found is None:
        return None
    before = (view.lower[i - 1], view.lemma[i - 1]) if i else ()
    for words in found:
        n = len(words)
        # Hundreds of phrases end in *minister*: the word before it rules out nearly all of them.
        if n > 1 and words[-2] not in before:
            continue
        first = i - n + 1
        if first < 0:
            continue
        if n == 1 or all(w in (view.lower[first + k], view.lemma[first + k]) for k, w in enumerate(words[:-1])):
            return roles()[" ".join(words).replace(" - ", "-")], first
    return None


def role_headed(view: View, i: int) -> tuple[Role, int, int] | None:
    """The role that token `i` is the head of, with its half-open range: *secretary* heads *secretary of state*."""
    if i + 2 < len(view) and view.lower[i + 1] in ("of", "in"):
        for words in by_head_word().get(view.lower[i], ()):
            at = head_word(words)
            first, last = i - at, i - at + len(words)
            if first >= 0 and tuple(view.lower[first:last]) == words:
                return roles()[" ".join(words)], first, last
    found = role_at(view, i)
    if found is None:
        return None
    words = tuple(found[0].phrase.split())
    return (*found, i + 1) if head_word(words) == len(words) - 1 else None


def title_before(view: View, first: int) -> Role | None:
    """The role that ends right before token `first`."""
    found = role_at(view, first - 1) if first else None
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
    return view.pos[i] == "PROPN" and not role_at(view, i)
