import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.reading import dates

DAY = dt.date(2015, 11, 17)


@pytest.mark.parametrize(
    "text",
    [
        "17 November 2015", "17th November, 2015", "November 17, 2015", "Nov. 17, 2015", "Tuesday 17 November 2015",
        "Tue, 17 Nov 2015 14:03:00 GMT", "2015-11-17", "2015/11/17", "2015-11-17T23:30:00-05:00", "17.11.2015",
        "17. 11. 2015", "17/11/2015", "11/17/2015", "the 17th of November 2015", "17-Nov-2015", "NOVEMBER 17TH, 2015",
    ],
)  # fmt: skip
def test_days_are_found_as_outlets_write_them(text):
    assert [found.day for found in dates.find(text)] == [DAY]


@pytest.mark.parametrize(
    "text",
    ["November 2015", "17 November", "2015", "03/04/2019", "31 February 2015", "2015-13-01", "1.2.2015.3",
     "17 Nov 1492",     "17 November 2999", "resolution 2015-11", "12345-11-17"],
)  # fmt: skip
def test_what_is_no_certain_day_is_none(text):
    assert dates.find(text) == []


def test_spans_take_in_weekday_and_time():
    text = "Posted Tuesday, November 17, 2015 at 9:20 a.m. EST by Ann"
    (found,) = dates.find(text)
    assert text[found.first : found.last] == "Tuesday, November 17, 2015 at 9:20 a.m. EST"


@pytest.mark.parametrize(
    "value",
    ["2015-11-17T10:00:00Z", "20151117", "20151117T101500", 1447754400, 1447754400000, "1447754400", "17 Nov 2015",
     "Tue Nov 17, 2015", " 2015-11-17 "],
)  # fmt: skip
def test_values_of_metadata(value):
    assert dates.of_value(value) == DAY


@pytest.mark.parametrize("value", [None, True, "", "soon", -5, 1e308, float("nan"), {}, [], "9" * 500, "0000-00-00"])
def test_values_that_are_no_date(value):
    assert dates.of_value(value) is None


@pytest.mark.parametrize(
    "name",
    ["2015-11-17-raqqa.md", "20151117_x.txt", "a/b/raqqa_17-november-2015.html", "https://e.org/2015/nov/17/raqqa",
     "https://e.org/2015/11/17/raqqa?id=20200101", "https://e.org/20151117/raqqa-1046375486.html",
     "wire.2015.11.17.txt",     "/srv/news/2015/11/17/a.txt"],
)  # fmt: skip
def test_dates_in_names(name):
    assert dates.of_name(name) == DAY


@pytest.mark.parametrize(
    "name", ["raqqa.md", "paris-2015/a.md", "1046375486.html", "report-2015-11.md", "99991231.txt"]
)
def test_names_without_a_date(name):
    assert dates.of_name(name) is None


def test_the_future_and_the_distant_past_are_not_believed():
    today = dt.date.today()
    assert dates.believable(today) == today
    assert dates.believable(today + dt.timedelta(days=3)) is None
    assert dates.believable(dt.date(1799, 12, 31)) is None


@given(
    st.dates(dt.date(1800, 1, 1), dt.date(2024, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y"]),
)
def test_every_day_comes_back(day, form):
    assert [found.day for found in dates.find(f"x {day.strftime(form)} y")] == [day]


@given(st.text(max_size=100))
def test_any_text_is_searched_without_error(text):
    for found in dates.find(text):
        assert 0 <= found.first < found.last <= len(text)
    dates.of_name(text)
    dates.of_value(text)
