import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.coding import calendars as cal

WEDNESDAY = dt.date(2015, 11, 18)
ANY_DAY = st.dates()


@given(ANY_DAY.filter(lambda d: dt.date.min + dt.timedelta(8) < d < dt.date.max - dt.timedelta(8)), st.integers(0, 6))
def test_a_weekday_is_within_a_week_of_the_day(day, weekday):
    past, coming = cal.weekday_near(day, weekday, ahead=False), cal.weekday_near(day, weekday, ahead=True)
    assert past.weekday() == coming.weekday() == weekday
    assert 0 <= (day - past).days < 7
    assert 0 <= (coming - day).days < 7
    assert cal.weekday_near(day, weekday, ahead=False, strict=True) < day
    assert cal.weekday_near(day, weekday, ahead=True, strict=True) > day


@given(ANY_DAY, st.integers(-(10**6), 10**6), st.sampled_from(["day", "week", "month", "year"]))
def test_moving_a_day_never_leaves_the_calendar(day, amount, unit):
    moved, precision = cal.shifted(day, amount, unit)
    assert precision == unit
    assert moved is None or isinstance(moved, dt.date)


@given(ANY_DAY, st.integers(1, 12), st.integers(1, 28))
def test_a_date_without_year_is_on_the_right_side(day, month, number):
    past = cal.date_near(day, month, number, ahead=False)
    assert past is None or (past <= day and (day - past).days <= 366)
    coming = cal.date_near(day, month, number, ahead=True)
    assert coming is None or (coming >= day and (coming - day).days <= 366)


def test_29_february_is_looked_for_in_leap_years():
    assert cal.date_near(dt.date(2015, 6, 1), 2, 29, ahead=False) == dt.date(2012, 2, 29)


@pytest.mark.parametrize(
    ("month", "ahead", "over", "start"),
    [
        (6, False, True, "2015-06-01"),
        (12, False, True, "2014-12-01"),
        (3, True, False, "2016-03-01"),
        (9, False, False, "2015-09-01"),
    ],
)
def test_seasons(month, ahead, over, start):
    assert cal.season_near(WEDNESDAY, month, ahead=ahead, over=over) == dt.date.fromisoformat(start)


def test_this_winter_is_the_one_not_over_yet():
    assert cal.season_of(dt.date(2016, 1, 10), 12) == dt.date(2015, 12, 1)
    assert cal.season_of(dt.date(2015, 11, 10), 12) == dt.date(2015, 12, 1)


def test_weekends():
    assert cal.weekend(WEDNESDAY, ahead=False) == dt.date(2015, 11, 14)
    assert cal.weekend(dt.date(2015, 11, 15), ahead=False) == dt.date(2015, 11, 14)
    assert cal.weekend(WEDNESDAY, ahead=True) == dt.date(2015, 11, 21)
