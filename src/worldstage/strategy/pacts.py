"""What a coalition lends its members: capability, credibility and cost, for tacit and formal ones.

The three numbers are parameters of a scenario, not estimates: no source was found that measures them. The defaults say
only that a formal pact lends more than a tacit one and binds more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from worldstage.core.errors import InputError, unknown_name


@dataclass(frozen=True)
class Pact:
    """A kind of coalition; all three numbers are shares from 0 to 1.

    Attributes
    ----------
    kind
        ``none``, ``tacit``, ``formal``, or a name of one's own.
    capability
        How much of its partners' capability a member can count on: 0 nothing, 1 all of it as if its own.
    credibility
        How far a member's credibility rises towards that of its most credible partner: 0 not at all, 1 all the way.
        Nobody's falls.
    cost
        How much of its own capability a member binds or gives up in freedom to act.
    """

    kind: str
    capability: float
    credibility: float
    cost: float

    def __post_init__(self) -> None:
        for name in ("capability", "credibility", "cost"):
            value = getattr(self, name)
            if not 0 <= value <= 1:
                raise InputError(f"A pact's {name} is {value:g}.", expected="a share from 0 to 1")


NONE = Pact("none", 0.0, 0.0, 0.0)
TACIT = Pact("tacit", 0.25, 0.3, 0.05)
FORMAL = Pact("formal", 0.75, 0.8, 0.15)
PACTS = {pact.kind: pact for pact in (NONE, TACIT, FORMAL)}


def pact(kind: str) -> Pact:
    """The pact of this kind, with its default numbers.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    if kind not in PACTS:
        raise unknown_name("kind of pact", kind, PACTS)
    return PACTS[kind]


def capability_with(terms: Pact, capability: ArrayLike, members: Sequence[int]) -> NDArray[np.float64]:
    """Capabilities when `members` (indices) are joined by a pact: own × (1 − cost) + share × sum of the partners'.

    What partners lend is their capability before the pact. Who is no member keeps its own; a pact of one changes
    nothing.
    """
    own = np.asarray(capability, dtype=float)
    out, inside = own.copy(), _inside(members, len(own))
    if inside.sum() > 1:
        out[inside] = own[inside] * (1 - terms.cost) + terms.capability * (own[inside].sum() - own[inside])
    return out


def credibility_with(terms: Pact, credibility: ArrayLike, members: Sequence[int]) -> NDArray[np.float64]:
    """Credibilities when `members` are joined: each rises towards the most credible partner's."""
    own = np.asarray(credibility, dtype=float)
    out, inside = own.copy(), _inside(members, len(own))
    if inside.sum() > 1:
        # The most credible member has only lesser partners, and gains nothing.
        out[inside] = own[inside] + terms.credibility * (own[inside].max() - own[inside])
    return out


def _inside(members: Sequence[int], n: int) -> NDArray[np.bool_]:
    inside = np.zeros(n, dtype=bool)
    if any(not 0 <= m < n for m in members):
        raise InputError(f"A pact names member {max(members)} of {n} actors.", expected=f"numbers from 0 to {n - 1}")
    inside[list(members)] = True
    return inside
