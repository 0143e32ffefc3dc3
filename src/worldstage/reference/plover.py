"""The PLOVER ontology: event types, modes, quad classes, intensity scores and contexts.

References
----------
Open Event Data Alliance, *PLOVER Codebook*, draft of 2021 (CC BY-SA 4.0). The printed score of ACCUSE is +3,
which every neighbouring type contradicts; it is read as -3 here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from worldstage.core.errors import unknown_name

Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
QUADS: tuple[str, ...] = get_args(Quad)


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event; `modes` maps each mode to its score, `score` is that of the bare type."""

    name: str
    quad: Quad
    score: float
    modes: Mapping[str, float]
    reciprocal: bool = False


def _type(name: str, quad: Quad, score: float, *, reciprocal: bool = False, **modes: float) -> EventType:
    return EventType(
        name, quad, score, MappingProxyType({k.rstrip("_").replace("_", "-"): v for k, v in modes.items()}), reciprocal
    )


_ALL = (
    _type("AGREE", "verbal cooperation", 2.5, reciprocal=True),
    _type("CONSULT", "verbal cooperation", 2.5, reciprocal=True, visit=4, third_party=1, multilateral=4, phone=1.5),
    _type("SUPPORT", "verbal cooperation", 5),
    _type("CONCEDE", "verbal cooperation", 4.5),
    _type("COOPERATE", "material cooperation", 9.5, reciprocal=True),
    _type("AID", "material cooperation", 10),
    _type(
        "RETREAT",
        "material cooperation",
        6.5,
        withdraw=8,
        release=6.5,
        disarm=10,
        ceasefire=7.5,
        access=6.5,
        resign=4.5,
    ),
    _type("REQUEST", "verbal conflict", 0, assist=0.5, change=-1, yield_=-1, meet=0),
    _type("ACCUSE", "verbal conflict", -3, disapprove=-2, investigate=-3.5, allege=-3.5),
    _type("REJECT", "verbal conflict", -2, assist=-1.5, change=-2, yield_=-2, meet=-2),
    _type(
        "THREATEN",
        "verbal conflict",
        -3.5,
        restrict=-3,
        arrest=-3.5,
        relations=-3.5,
        expel=-3.5,
        territory=-4,
        violence=-3.5,
    ),
    _type(
        "PROTEST",
        "material conflict",
        -5,
        demo=-5,
        riot=-7,
        strike=-5,
        hunger=-4.5,
        boycott=-4.5,
        obstruct=-4.5,
        vandalize=-5,
    ),
    _type("SANCTION", "material conflict", -6, convict=-6, expel=-5.5, withdraw=-6, discontinue=-6),
    _type("MOBILIZE", "material conflict", -5.5, troops=-6.5, weapons=-6.5, police=-5.5, militia=-6),
    _type(
        "COERCE",
        "material conflict",
        -7,
        seize=-7,
        restrict=-7,
        censor=-6.5,
        curfew=-6.5,
        martial_law=-7.5,
        arrest=-7,
        deport=-7,
        withhold=-7,
        misinformation=-6.5,
        cyber=-7,
    ),
    _type(
        "ASSAULT",
        "material conflict",
        -9,
        reciprocal=True,
        abduct=-8.5,
        beat=-7.5,
        torture=-8.5,
        sexual=-8.5,
        targeted=-9.5,
        destroy=-8.5,
        primitive=-8,
        firearms=-9,
        explosives=-9,
        suicide_attack=-9.5,
        aerial=-9.5,
        drone=-9.5,
        heavy_weapons=-9.5,
        crowd_control=-7.5,
        unconventional=-10,
    ),
)

TYPES: Mapping[str, EventType] = MappingProxyType({t.name: t for t in _ALL})

CONTEXTS: tuple[str, ...] = (
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
)


def event_type(name: str) -> EventType:
    """The type of that name, in any case.

    Raises
    ------
    UnknownNameError
        If PLOVER has no such type.
    """
    try:
        return TYPES[name.upper()]
    except KeyError:
        raise unknown_name("event type", name, TYPES) from None


def quad(name: str) -> Quad:
    """The quad class of a type."""
    return event_type(name).quad


def score(name: str, modes: Sequence[str] = ()) -> float:
    """The intensity of an event on [-10, 10]: of its strongest mode, or of the bare type.

    *Strongest* is the mode furthest from the bare type's neutral point, that is, of largest absolute score.
    """
    kind = event_type(name)
    scores = [kind.modes[m] for m in modes if m in kind.modes]
    return max(scores, key=abs) if scores else kind.score
