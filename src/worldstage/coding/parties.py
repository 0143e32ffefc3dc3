"""Which of the actors near a predicate take part in it, and on which side."""

from __future__ import annotations

from collections.abc import Sequence

from worldstage.coding.frames import Frame
from worldstage.coding.mentions import Mention
from worldstage.coding.view import View

# A party is taken on where its part is likelier than not.
_LIKELY = 0.5
# A side that stays empty beside a full one takes the likeliest of the rest, if it is as likely as this. Its
# confidence then counts as half, as if it had been just likely enough: a doubtful party is no doubtful event.
_BETTER_THAN_NONE = 0.1

Part = tuple[Mention, float]

# Whom one sends, lends or pulls out is not whom one does it to: *France sent troops*.
_MEANS_OF = frozenset({"MOBILIZE", "AID", "AGREE", "RETREAT", "COOPERATE", "CONCEDE"})
_MEANS = frozenset({"MIL", "POL"})


def take_part(
    view: View, fr: Frame, near: Sequence[Mention], parts: Sequence[tuple[float, float]]
) -> tuple[list[Part], list[Part]]:
    """Actors and recipients of the predicate `fr` among the mentions of its sentence, each with its probability.

    Parameters
    ----------
    parts
        Of each mention, the probabilities that it is actor and that it is recipient.
    """
    actors = [(m, a) for m, (a, _) in zip(near, parts, strict=True) if a >= _LIKELY]
    recipients = [(m, r) for m, (_, r) in zip(near, parts, strict=True) if r >= _LIKELY]
    if actors and not recipients:
        recipients = _likeliest(actors, [(m, r, a) for m, (a, r) in zip(near, parts, strict=True)])
    elif recipients and not actors:
        actors = _likeliest(recipients, [(m, a, r) for m, (a, r) in zip(near, parts, strict=True)])
    return _listed(view, near, actors, recipients), _listed(view, near, recipients, actors)


def _likeliest(others: Sequence[Part], rest: Sequence[tuple[Mention, float, float]]) -> list[Part]:
    """The known mention, none of `others`, that most likely has the part, where it hardly has the opposite one."""
    taken = {m.head for m, _ in others}
    best: Part | None = None
    for m, p, opposite in rest:
        fits = p >= _BETTER_THAN_NONE and p > opposite and m.head not in taken and m.kind != "unknown"
        if fits and (best is None or p > best[1]):
            best = (m, p)
    return [] if best is None else [(best[0], max(best[1], _LIKELY))]


def _listed(view: View, near: Sequence[Mention], found: list[Part], others: Sequence[Part]) -> list[Part]:
    """Those found, with the ones that are named in one breath with them: *France and Britain*."""
    taken = {m.head for m, _ in (*found, *others)}
    for one, p in found:
        for m in near:
            after = view.dep[m.head] == "conj" and view.head[m.head] == one.head
            before = view.dep[one.head] == "conj" and view.head[one.head] == m.head
            if m.head not in taken and (after or before):
                taken.add(m.head)
                found.append((m, p))
    return found


def befitting(view: View, kind: str, actors: Sequence[Mention], recipients: Sequence[Mention]) -> list[Mention]:
    """The recipients that an event of type `kind` by those actors can have."""
    codes = {a.code for m in actors for a in m.actors}
    states = {a.country for m in actors for a in m.actors}
    out = []
    for m in recipients:
        first = m.actors[0]
        # *Kenya moved its embassy*: *its* says whose, not to whom.
        own = m.kind == "pronoun" and view.dep[m.head] == "poss" and any(a.code in codes for a in m.actors)
        means = kind in _MEANS_OF and m.kind == "role" and first.sector in _MEANS and view.dep[m.head] == "dobj"
        sent = kind == "MOBILIZE" and first.country in states
        nobody = m.kind == "unknown" and first.person is None
        if not (own or means or sent or nobody):
            out.append(m)
    return out
