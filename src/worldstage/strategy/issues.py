"""Issues under dispute, an analyst's overrides, and scenarios: what a case says of them, as plain records."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from worldstage.core.errors import InputError

LOW, HIGH = 0.0, 100.0
BEFORE, NOW = "before", "now"
BUILT_IN = (BEFORE, NOW)


@dataclass(frozen=True, slots=True)
class Span:
    """A value with its range: lowest, most likely, highest."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.mode <= self.high:
            raise InputError(
                f"The range low {self.low:g}, mode {self.mode:g}, high {self.high:g} is none.",
                expected="low at most mode, mode at most high",
            )

    @staticmethod
    def at(value: float) -> Span:
        """A value without a range."""
        return Span(value, value, value)


@dataclass(frozen=True, slots=True)
class Issue:
    """A question under dispute on a line from 0 to 100.

    Attributes
    ----------
    low, high
        The two ends in words; several ways of putting an end are parted by semicolons.
    marks
        Places between the ends in words, by value.
    parties
        Who takes part, as the case names them; whoever has a position, if empty.
    """

    key: str
    question: str
    low: str
    high: str
    marks: tuple[tuple[float, str], ...] = ()
    parties: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All that describes the issue."""
        return (self.question, self.low, self.high, *(text for _, text in self.marks))


@dataclass(frozen=True, slots=True)
class Override:
    """What an analyst puts in the place of the documents' suggestion, from a day on; None leaves a cell as it is."""

    actor: str
    issue: str
    first: dt.date | None = None
    position: Span | None = None
    salience: Span | None = None
    capability: Span | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What a scenario changes of an actor: on one issue, or on all where none is named."""

    actor: str
    issue: str | None = None
    position: Span | None = None
    salience: Span | None = None
    capability: Span | None = None
    remove: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """Actors who are joined by a pact in a scenario; see `worldstage.strategy.pacts` for its kinds."""

    kind: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario: another one with changes."""

    name: str
    base: str = NOW
    changes: tuple[Change, ...] = ()
    pacts: tuple[Joined, ...] = ()


@dataclass(frozen=True, slots=True)
class Agenda:
    """All that a case says of issues.

    Attributes
    ----------
    capabilities
        Name of the case's table of capabilities, relative to its folder; none if all are to count alike.
    """

    issues: tuple[Issue, ...] = ()
    overrides: tuple[Override, ...] = ()
    scenarios: tuple[Scenario, ...] = field(default=())
    capabilities: str | None = None
