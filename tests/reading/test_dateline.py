import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.reading import dateline

DAY = dt.date(2015, 11, 17)


@pytest.mark.parametrize(
    ("line", "publisher", "author"),
    [
        ("Demonstration Wire · 17 November 2015 · Written for demonstration", "Demonstration Wire", None),
        ("Example Gazette, November 17, 2015 — Written for demonstration", "Example Gazette", None),
        ("By Ann Example | 17 November 2015", None, "Ann Example"),
        ("Published: 2015-11-17", None, None),
        ("Paris, 17 November 2015", None, None),
        ("The Hague, 17 November 2015", None, None),
        ("Example News, Tue 17 Nov 2015 16.35 GMT", "Example News", None),
        ("November 17, 2015 / 12:19 AM / 2 years ago", None, None),
        ("Posted by Jane Doe on November 17, 2015", None, "Jane Doe"),
        ("November 17, 2015 by Jane Doe", None, "Jane Doe"),
        ("Source: Example Post November 17, 2015 21:22 UTC", "Example Post", None),
        ("Updated 3 May 2016, first published 17 November 2015", None, None),
        ("By Ann Example, Example Times — Tuesday, November 17, 2015 9:20 a.m. ET", "Example Times", "Ann Example"),
        ("World | 17 November 2015", None, None),
    ],
)
def test_date_lines_are_understood(line, publisher, author):
    found = dateline.parse(line)
    assert found is not None
    assert (found.day, found.publisher, found.author) == (DAY, publisher, author)


@pytest.mark.parametrize(
    "line",
    [
        "On 17 November 2015 Russia struck Raqqa.",
        "17 November 2015 — Russian jets struck Raqqa on Tuesday",
        "Paris attacks: 17 November 2015, what we know",
        "Agreement of 17 November 2015",
        "Turkish riot police outside the Russian consulate in Istanbul on Nov. 24, 2015.",
        "July 17, 1990: Saddam Hussein accused neighbouring states of stabbing Iraq in the back.",
        "A ceasefire began on 27 February 2016, and talks resumed",
        "Demonstration Wire",
        "",
    ],
)
def test_sentences_with_a_date_are_no_date_lines(line):
    assert dateline.parse(line) is None


def test_a_date_alone_is_bare_and_one_with_a_label_is_not():
    assert dateline.parse("17 November 2015").bare
    assert dateline.parse("17 November 2015 14:03").bare
    assert not dateline.parse("Published 17 November 2015").bare
    assert not dateline.parse("Example Wire, 17 November 2015").bare


@pytest.mark.parametrize(
    ("line", "day", "agency"),
    [
        ("LONDON, Nov 17, 2015 (Wire) — Britain said", DAY, "Wire"),
        ("LONDON, Nov 17 (Wire) - Britain said", None, "Wire"),
        ("TEHRAN, Iran (AP) -- Iran said", None, "AP"),
        ("MOSCOW, November 17, 2015. /TASS/. Russia said", DAY, "TASS"),
        ("NEW YORK — The council met", None, None),
        ("Britain said (Wire) — on Nov 17, 2015", None, None),
    ],
)
def test_wire_datelines_give_day_and_agency(line, day, agency):
    assert dateline.wire(line) == (day, agency)


@pytest.mark.parametrize("line", ["MOSCOW — x", "ST. PETERSBURG, Russia — x", "UNITED NATIONS, 20 Nov (Wire) – x"])
def test_wire_datelines_are_known(line):
    assert dateline.is_wire(line)


@pytest.mark.parametrize("line", ["Moscow — x", "EU and Turkey agree — reports", "PARIS: x", "Russia struck"])
def test_other_openings_are_no_wire_datelines(line):
    assert not dateline.is_wire(line)


@pytest.mark.parametrize(
    ("line", "who"),
    [
        (f"By {who}", who)
        for who in ("Ann Example", "Example Review staff", "Ann Example and Bo Example", "A. Example in Moscow")
    ],
)
def test_by_lines(line, who):
    assert dateline.author_of(line.lower().replace(who.lower(), who)) == who
    assert dateline.author_of(line) == who


@pytest.mark.parametrize(
    "line", ["By Tuesday night the town had fallen", "By dawn, Raqqa was quiet.", "Bystanders fled"]
)
def test_sentences_that_begin_like_by_lines(line):
    assert dateline.author_of(line) is None


@given(st.text("aB 1,.·|—-:/()\t2015 November17by", max_size=120))
def test_any_line_is_parsed_without_error(line):
    dateline.parse(line)
    dateline.wire(line)
    dateline.author_of(line)
    dateline.is_note(line)
