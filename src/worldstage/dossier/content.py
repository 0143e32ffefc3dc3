"""What a dossier is made of: all that the pages print, gathered by the study."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from worldstage.core.records import Document, Event, Figure, Mention, Skipped, Statement
from worldstage.core.results import Result


@dataclass(frozen=True)
class SeriesPoint:
    """Events of one quad class between the focus actor and its partners in one period."""

    period: dt.date
    quad: str
    count: int
    partner: str


@dataclass(frozen=True)
class Link:
    """A relation in the network picture: events and mean score between two actors in one stretch of time."""

    a: str
    b: str
    events: int
    score: float
    stretch: str


@dataclass(frozen=True)
class Sentence:
    """A statement or an act that bears on an issue, with the position that it suggests; None where it takes no side."""

    date: dt.date | None
    position: float | None
    why: Sequence[str]
    firmness: float
    text: str
    document: str | None
    kind: str
    record: str


Bounds = tuple[float, float, float]
"""Lowest, most likely and highest value."""


@dataclass(frozen=True)
class ActorLine:
    """Where one actor stands on an issue before and after the shock.

    Attributes
    ----------
    sources
        Where the two positions come from: ``documents``, ``override``, ``carried`` (heard on the other side only) or
        ``none``.
    counts
        Sentences that suggest a position, before and after.
    given
        Cells that the analyst gave, with the reason.
    """

    name: str
    before: Bounds | None
    now: Bounds | None
    sources: tuple[str, str]
    counts: tuple[int, int]
    moved: str
    salience: Bounds
    capability: Bounds
    given: Mapping[str, str]
    evidence: Sequence[Sentence]


@dataclass(frozen=True)
class IssueLine:
    """An issue: its two ends and marks, the shock that parts before and after, and the actors."""

    key: str
    question: str
    low: str
    high: str
    marks: Sequence[tuple[float, str]]
    shock: tuple[str, dt.date]
    actors: Sequence[ActorLine]
    warnings: Sequence[str] = ()


@dataclass(frozen=True)
class StakesTable:
    """Two scenarios compared: the result, and per issue the forecasts in both, each with its 90 % range.

    Attributes
    ----------
    shifts
        Issue, actor, and how far the actor's change alone would shift the outcome; the greatest first.
    """

    first: str
    second: str
    result: Result
    outcomes: Mapping[str, tuple[Bounds, Bounds]]
    shifts: Sequence[tuple[str, str, float]]


@dataclass(frozen=True)
class BargainLine:
    """Where one issue would end, and what drives that.

    Attributes
    ----------
    models
        Model, outcome of the table as it stands, median and 90 % range over the draws (None for a fixed guess), and
        mean error on decisions with known outcomes.
    draws, runs
        Behind the ranges, and behind the shares.
    driven
        The sentence on what drives the outcome by the weighted mean.
    shares
        Cell, its share of the outcome's variance alone with the 90 % range, and with others; the greatest first.
    """

    key: str
    question: str
    models: Sequence[tuple[str, float, Bounds | None, float | None]]
    draws: int
    runs: int
    driven: str
    shares: Sequence[tuple[str, Bounds, float]]
    caution: str
    warnings: Sequence[str] = ()


@dataclass(frozen=True)
class Quote:
    """A statement in its sentence, by whom, when, and in which document."""

    name: str
    date: dt.date | None
    text: str
    document: str
    record: str


@dataclass(frozen=True)
class EchoLine:
    """Two sentences side by side, or one alone that points back.

    Attributes
    ----------
    cue
        The words that point back; empty where wording alone tells.
    shared
        Words that both have.
    """

    later: Quote
    earlier: Quote | None
    shared: Sequence[str] = ()
    likeness: float | None = None
    cue: str = ""


@dataclass(frozen=True)
class EffectLine:
    """What a shock changed in one outcome of one relation.

    Attributes
    ----------
    partner
        A code; None for everybody.
    text
        The sentence that can be quoted.
    before, after
        Events and periods.
    expected, ratio, p
        Events after without the shock, those seen over these, and the probability of so much without a change; None
        where there is nothing to compare.
    passed, failed
        Names of the checks that were made.
    events
        Ids of those behind it.
    series
        One row per period: ``period, observed, expected, low, high``; empty where no chart is drawn.
    """

    partner: str | None
    outcome: str
    text: str
    verdict: str
    before: tuple[int, int]
    after: tuple[int, int]
    expected: float | None
    ratio: Bounds | None
    p: float | None
    passed: Sequence[str]
    failed: Sequence[str]
    events: Sequence[str]
    series: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class EffectTable:
    """What one shock changed in the relations of the focus actor.

    Attributes
    ----------
    counted
        What counted as an event, and against what.
    """

    shock: tuple[str, dt.date]
    unit: str
    counted: str
    lines: Sequence[EffectLine]


Mean = tuple[float, float, float, int]
"""A mean, the two ends of its 90 % range, and how many acts it is of."""


@dataclass(frozen=True)
class VoiceLine:
    """How one actor speaks, towards all (target None) or towards one; None where there is nothing to measure."""

    name: str
    target: str | None
    whole: Mean
    before: Mean | None
    after: Mean | None
    moved: str


@dataclass(frozen=True)
class RhetoricLine:
    """Tone towards all and towards single targets, firmness, echoes, and sentences that point back."""

    shock: tuple[str, dt.date]
    text: str
    tone: Sequence[VoiceLine]
    pairs: Sequence[VoiceLine]
    firmness: Sequence[VoiceLine]
    echoes: Sequence[EchoLine]
    pointers: Sequence[EchoLine]
    warnings: Sequence[str] = ()


@dataclass(frozen=True)
class RoleLine:
    """The role of the focus actor before and after one shock.

    Attributes
    ----------
    result
        One row per measure.
    verdict
        ``shifted``, ``no clear shift``, ``too few to tell`` or ``actor not in the data``.
    partners
        Code, name, events before and after, of those with whom the number of events moved most.
    blocs
        ``before`` and ``after`` → names of those who stand with the actor; None where that cannot be told.
    """

    result: Result
    verdict: str
    partners: Sequence[tuple[str, str, int, int]]
    blocs: Mapping[str, Sequence[str] | None]


@dataclass(frozen=True)
class Mixture:
    """What the reporting is about, `by` issue, place or partner: one row per part, with shares in per cent."""

    by: str
    text: str
    verdict: str
    caption: str
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class AttentionLine:
    """What the reporting of the focus actor was about before and after one shock."""

    shock: str
    text: str
    verdict: str
    mixtures: Sequence[Mixture]
    warnings: Sequence[str] = ()


@dataclass(frozen=True)
class Content:
    """Everything that a dossier shows.

    Attributes
    ----------
    relations
        One result per shock, in the order of the shocks.
    series
        Per period, quad class and partner, for the focus actor.
    volume
        Period → all dyadic events reported.
    links
        Between the actors of the network picture, ``before`` and ``after`` the first shock.
    names
        Code → usual name.
    pending, unresolved
        Documents not coded; names that resolved to nobody, most frequent first.
    statuses
        Status → number of distinct events.
    roles, attention
        One per shock, in the order of the shocks.
    exposure
        States by how exposed they are to the main threat of the case; empty where it has none.
    effects
        What the first shock changed; None where that cannot be measured.
    issues, stakes
        Where actors stand on the issues of the case; its scenarios compared. Empty where the case names no issue.
    bargains
        Where the issues would end; one per issue that can be forecast.
    rhetoric
        How the actors speak; None where no shock is compared.
    written
        The day on which the dossier is made.
    """

    question: str
    focus: str | None
    unit: str
    window: tuple[dt.date, dt.date] | None
    shocks: Sequence[tuple[str, dt.date]]
    relations: Sequence[Result]
    series: Sequence[SeriesPoint]
    volume: Mapping[dt.date, int]
    links: Sequence[Link]
    events: Sequence[Event]
    statements: Sequence[Statement]
    figures: Sequence[Figure]
    documents: Sequence[Document]
    names: Mapping[str, str]
    unresolved: Sequence[Mention]
    skipped: Sequence[Skipped]
    statuses: Mapping[str, int]
    runs: Sequence[Mapping[str, Any]]
    pending: int
    versions: Mapping[str, str]
    notices: Sequence[str] = ()
    warnings: Sequence[str] = field(default=())
    written: dt.date | None = None
    issues: Sequence[IssueLine] = ()
    stakes: Sequence[StakesTable] = ()
    bargains: Sequence[BargainLine] = ()
    rhetoric: RhetoricLine | None = None
    roles: Sequence[RoleLine] = ()
    attention: Sequence[AttentionLine] = ()
    exposure: Sequence[Result] = ()
    effects: EffectTable | None = None
