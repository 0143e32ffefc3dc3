import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.coding.dates import find_dates
from worldstage.coding.view import View

from .views import tokens_only

# A Wednesday.
PUBLISHED = dt.date(2015, 11, 18)


@pytest.fixture
def dates(nlp):
    """The dates of a text, as (words, ISO date, precision)."""

    def read(text, published=PUBLISHED):
        view = View(nlp(text))
        found = find_dates(view, published)
        return [(view.words(w.first, w.last), str(w.day) if w.day else None, w.precision) for w in found]

    return read


@pytest.fixture
def days(dates):
    """The dates of a text, as ISO dates."""
    return lambda text, published=PUBLISHED: [day for _, day, _ in dates(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen struck on Tuesday.", "2015-11-17"),
        ("He arrived on Wednesday.", "2015-11-18"),
        ("The leaders will meet on Friday in Vienna.", "2015-11-20"),
        ("The leaders are due to meet on Friday.", "2015-11-20"),
        ("Putin meets Erdogan on Thursday.", "2015-11-19"),
        ("He failed to appear on Monday.", "2015-11-16"),
        ("A strike was called for Saturday.", "2015-11-21"),
        ("Next Tuesday is a holiday.", "2015-11-24"),
        ("Last Tuesday they quarrelled.", "2015-11-17"),
        ("It began yesterday.", "2015-11-17"),
        ("It will end tomorrow.", "2015-11-19"),
        ("It fell the day before yesterday.", "2015-11-16"),
        ("They were arrested over the weekend.", "2015-11-14"),
        ("Five days ago it rained.", "2015-11-13"),
        ("The men struck on the night of 13–14 November.", "2015-11-13"),
        ("It fell on November 13.", "2015-11-13"),
        ("It fell on Friday, Nov. 13, and rose again.", "2015-11-13"),
        ("The vote is scheduled for 6 December.", "2015-12-06"),
        ("They fought from 28 February to 3 March 2014.", "2014-02-28"),
        ("On the ninth of September he left.", "2015-09-09"),
        ("The Sept. 11 attacks shocked the world.", "2001-09-11"),
    ],
)
def test_days(dates, text, expected):
    [(_, day, precision)] = dates(text)
    assert (day, precision) == (expected, "day")


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("They met last week.", "2015-11-09", "week"),
        ("They meet next month.", "2015-12-01", "month"),
        ("They met last year.", "2014-01-01", "year"),
        ("It began two weeks ago.", "2015-11-02", "week"),
        ("It began three months ago.", "2015-08-01", "month"),
        ("It began more than ten years ago.", "2005-01-01", "year"),
        ("It rained in September.", "2015-09-01", "month"),
        ("They met in December.", "2014-12-01", "month"),
        ("They will meet in December.", "2015-12-01", "month"),
        ("It snowed in September 2014.", "2014-09-01", "month"),
        ("It fell in early March.", "2015-03-01", "month"),
        ("It fell in mid-March.", "2015-03-01", "month"),
        ("In 1999 NATO bombed Belgrade.", "1999-01-01", "year"),
        ("There was war in the 1990s.", "1990-01-01", "year"),
        ("There was war in the mid-1980s.", "1984-01-01", "year"),
        ("There has been war since 2011.", "2011-01-01", "year"),
        ("The 2003 invasion of Iraq was condemned.", "2003-01-01", "year"),
        ("They met last summer.", "2015-06-01", "month"),
        ("They met in the summer of 2014.", "2014-06-01", "month"),
        ("Decades ago there was peace.", None, "unknown"),
    ],
)
def test_coarser_dates(dates, text, expected, precision):
    assert [(day, p) for _, day, p in dates(text)] == [(expected, precision)]


def test_two_dates_of_one_sentence_go_their_own_ways(days):
    assert days("Lavrov said on Tuesday that talks will be held on Friday.") == ["2015-11-17", "2015-11-20"]


def test_dates_seen_from_the_date_named_before(days):
    text = (
        "Hollande spoke on Monday. Earlier in the day he met Cameron. The next day he left. Two days later he was back."
    )
    assert days(text) == ["2015-11-16", "2015-11-16", "2015-11-17", "2015-11-19"]


def test_what_follows_a_month_is_not_known_to_the_day(dates):
    assert dates("In March 1999 the war began. Two days later the town fell.")[1][1:] == (None, "unknown")


@pytest.mark.parametrize(
    "text",
    [
        "He may march on the capital.",
        "Theresa May said so.",
        "The 1,000 men marched on.",
        "Resolution 1973 and Resolutions 2254 and 2268 passed.",
        "Flight 1549 landed safely.",
        "There were 2015 cases of cholera.",
        "They paid $2000 for it.",
        "It runs on Windows 2000 and version 3.11.2 of the program.",
        "Every Friday they prayed.",
        "Black Friday sales rose.",
        "The Arab Spring failed.",
        "The fall of Saigon ended it.",
        "Russia Today reported it.",
        "It was 45 March.",
        "In the last week 20 people died.",
        "It was the first time this year.",
    ],
)
def test_no_dates(dates, text):
    assert dates(text) == []


def test_a_number_after_a_month_may_count_people(dates):
    assert dates("In March 20 people were killed.") == [("March", "2015-03-01", "month")]


def test_without_publication_only_full_dates_have_a_day(days):
    assert days("On Tuesday, on 13 November 2015 and last week.", None) == [None, "2015-11-13", None]


def test_news_of_another_decade(days):
    published = dt.date(1962, 10, 26)
    assert days("Kennedy spoke on Monday, October 22. The ships turned back on Wednesday.", published) == [
        "1962-10-22",
        "1962-10-24",
    ]


_FORMATS = (
    "{d} {B} {Y}",
    "{B} {d}, {Y}",
    "{d:02}/{m:02}/{Y}",
    "{Y:04}-{m:02}-{d:02}",
    "{d} {b} {Y}",
    "{b}. {d}, {Y}",
    "the {o} of {B} {Y}",
)


def _ordinal(day):
    return f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


@given(st.dates(dt.date(1700, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(_FORMATS), st.dates(dt.date(1700, 1, 1)))
def test_written_dates_round_trip(day, pattern, published):
    month = day.strftime("%B")
    short = month[:3] if month != "September" else "Sept"
    if "{b}" in pattern and month in ("May", "June", "July"):
        pattern = pattern.replace("{b}.", "{b}")
        short = month
    text = pattern.format(d=day.day, m=day.month, Y=day.year, B=month, b=short, o=_ordinal(day.day))
    found = find_dates(tokens_only(f"It happened on {text} there."), published)
    assert [(w.day, w.precision) for w in found] == [(day, "day")]


_WORDS = "in on the of last next this May March Monday Nov. 13 31 2015 1990s 9/11 2015-11-13 00/00/0000 years ago days later earlier a two 9999999999 ² ٣ month week weekend spring that following before - – , . 's dozen hundred million".split()  # noqa: E501


@given(st.one_of(st.text(), st.lists(st.sampled_from(_WORDS)).map(" ".join)), st.one_of(st.none(), st.dates()))
def test_any_text_is_read_without_error(text, published):
    view = tokens_only(text)
    last = 0
    for when in find_dates(view, published):
        assert last <= when.first < when.last <= len(view)
        assert (when.day is None) == (when.precision == "unknown")
        last = when.last
