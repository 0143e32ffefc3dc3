"""Bearings and standings made by hand."""

import datetime as dt

from worldstage.strategy.issues import Span
from worldstage.strategy.positions import Held, Standing, Volume
from worldstage.strategy.reading import Bearing

SHOCK = dt.date(2020, 6, 1)
VOLUME = Volume({"A": 20, "B": 20, "C": 20}, {"A": 20, "B": 20, "C": 20})


def bearing(actor, days, position, *, issue="dam", weight=1.0, spread=10.0):
    """A suggestion so many days after the shock (before it, if negative)."""
    day = SHOCK + dt.timedelta(days=days)
    return Bearing(
        actor, issue, day, position, spread, weight, 0.5, ("word",), "words", f"d{days}", 0, "statement", f"r{days}"
    )


def standing(actor, before, now, *, issue="dam", salience=0.5, capability=1.0):
    """A standing without evidence."""

    def held(value):
        span = None if value is None else value if isinstance(value, Span) else Span.at(value)
        return Held(span, 1, "documents")

    both = {"before": Span.at(salience), "now": Span.at(salience)}
    power = {"before": Span.at(capability), "now": Span.at(capability)}
    return Standing(actor, issue, held(before), held(now), "no clear move", both, power)
