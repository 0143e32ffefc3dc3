import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.core.errors import WindowError
from worldstage.core.periods import UNITS, Window, next_period, parse_date, period_start

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))


@given(DAYS, st.sampled_from(UNITS))
def test_a_day_lies_in_its_period(day, unit):
    start = period_start(day, unit)
    assert start <= day < next_period(start, unit)
    assert period_start(start, unit) == start


@given(DAYS, st.integers(0, 400), st.sampled_from(UNITS))
def test_periods_of_a_window_cover_it_without_gap(day, length, unit):
    window = Window(day, day + dt.timedelta(days=length))
    periods = list(window.periods(unit))
    assert periods[0] <= window.first
    assert next_period(periods[-1], unit) > window.last
    assert all(next_period(a, unit) == b for a, b in pairwise(periods))


def test_window_must_not_end_before_it_begins():
    with pytest.raises(WindowError, match="ends"):
        Window(dt.date(2015, 2, 1), dt.date(2015, 1, 1))


@pytest.mark.parametrize("text", ["2015-02-30", "yesterday", "", "13/11/2015"])
def test_no_date_is_refused_with_what_is_expected(text):
    with pytest.raises(WindowError, match="YYYY-MM-DD"):
        parse_date(text)
