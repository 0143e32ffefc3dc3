"""Periods counted from a shock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worldstage.core.periods import Unit, Window, ordinal

Whole = NDArray[np.int64]
DAYS: Mapping[str, int] = {"day": 1, "week": 7, "month": 30}


@dataclass(frozen=True, slots=True)
class Clock:
    """Periods counted from the shock: period 0 begins on its day, period -1 ends on the day before.

    Attributes
    ----------
    before, after
        Whole periods that the data cover on either side.
    """

    shock: dt.date
    unit: Unit
    before: int
    after: int

    @staticmethod
    def of(shock: dt.date, unit: Unit, data: Window) -> Clock:
        """The clock of a shock over the days that the data cover."""
        probe = Clock(shock, unit, 0, 0)
        edges = probe.index(np.array([ordinal(data.first), ordinal(data.last) + 1]))
        early = -int(edges[0])
        if early > 0 and probe.start(-early) < data.first:
            early -= 1
        return Clock(shock, unit, max(0, early), max(0, int(edges[1])))

    def index(self, days: Whole) -> Whole:
        """The periods of days since 1970."""
        if self.unit != "month":
            return np.asarray((days - ordinal(self.shock)) // DAYS[self.unit], dtype=np.int64)
        dates = days.astype("datetime64[D]")
        months = dates.astype("datetime64[M]")
        inside = (dates - months.astype("datetime64[D]")).astype(np.int64) + 1
        here = (self.shock.year - 1970) * 12 + self.shock.month - 1
        return np.asarray(months.astype(np.int64) - here - (inside < self.shock.day), dtype=np.int64)

    def start(self, period: int) -> dt.date:
        """The first day of a period."""
        if self.unit != "month":
            return self.shock + dt.timedelta(days=period * DAYS[self.unit])
        month = self.shock.year * 12 + self.shock.month - 1 + period
        day = dt.date(month // 12, month % 12 + 1, 1) + dt.timedelta(days=self.shock.day - 1)
        return day if day.month == month % 12 + 1 else day.replace(day=1)
