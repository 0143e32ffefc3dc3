"""Which of the actors near a predicate take part in it: the models' word, and the grammar where it leaves no doubt."""

from __future__ import annotations

from collections.abc import Sequence

from worldstage.coding.frames import Frame
from worldstage.coding.mentions import Mention
from worldstage.coding.view import View
from worldstage.coding.words import words

# A party is taken on where its part is likelier than not.
LIKELY = 0.5
# What grammar gives a part that the models doubt counts as no surer than this.
BY_GRAMMAR = 0.5
# Below this the models are so sure against a part that grammar does not overrule them.
_HARDLY = 0.05

Part = tuple[Mention, float]

_SPOKEN = frozenset({"ACCUSE", "REQUEST", "THREATEN", "REJECT", "AGREE", "SUPPORT"})
_OWN_FORCES = frozenset({"MOBILIZE"})
_NOT_AGAINST_OWN = frozenset({"MOBILIZE", "AGREE", "RETREAT", "SANCTION", "CONCEDE", "THREATEN"})
_STRUCK = frozenset({"ASSAULT", "COERCE", "SANCTION", "ACCUSE", "REQUEST", "AID", "SUPPORT", "THREATEN"})


def take_part(
    view: View, fr: Frame, near: Sequence[Mention], parts: Sequence[tuple[float, float]]
) -> tuple[list[Part], list[Part]]:
    """Actors and recipients of the predicate `fr` among the mentions of its sentence, each with its probability.

    Parameters
    ----------
    parts
        Of each mention, the probabilities that it is actor and that it is recipient.
    """
    actors = [(m, a) for m, (a, _) in zip(near, parts, strict=True) if a >= LIKELY]
    recipients = [(m, r) for m, (_, r) in zip(near, parts, strict=True) if r >= LIKELY]
    if not actors:
        actors = _subject(view, fr, near, parts, {m.head for m, _ in recipients})
    if not recipients:
        recipients = _object(view, fr, near, parts, {m.head for m, _ in actors})
    return _listed(view, near, actors, recipients), _listed(view, near, recipients, actors)


def _subject(view, fr, near, parts, others) -> list[Part]:
    for m, (a, _) in zip(near, parts, strict=True):
        if m.head == fr.subject and m.head not in others and a >= _HARDLY:
            return [(m, max(a, BY_GRAMMAR))]
    return []


def _object(view, fr, near, parts, others) -> list[Part]:
    for m, (_, r) in zip(near, parts, strict=True):
        if m.head in (fr.object, fr.indirect) and m.head not in others and r >= _HARDLY:
            return [(m, max(r, BY_GRAMMAR))]
    return []


def _listed(view: View, near: Sequence[Mention], found: list[Part], others: list[Part]) -> list[Part]:
    """Those found, with the ones that are named in one breath with them: *France and Britain*."""
    taken = {m.head for m, _ in (*found, *others)}
    out = list(found)
    for one, p in out:
        for m in near:
            if m.head not in taken and (
                (view.dep[m.head] == "conj" and view.head[m.head] == one.head)
                or (view.dep[one.head] == "conj" and view.head[one.head] == m.head)
            ):
                taken.add(m.head)
                out.append((m, p))
    return out
