import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.reading.heading import take
from worldstage.reading.normal import clean

DAY = dt.date(2015, 11, 17)
BODY = "Russian aircraft struck Islamic State in Raqqa on Tuesday, the defence ministry said.\n\nFrance struck too."


def test_title_and_date_line_are_taken_out_and_the_text_begins_with_its_first_paragraph():
    heading = take(
        "Russian jets strike Raqqa\n\nDemonstration Wire · 17 November 2015 · Written for demonstration\n\n"
        f"MOSCOW — {BODY}"
    )
    assert heading.title == "Russian jets strike Raqqa"
    assert (heading.published, heading.publisher) == (DAY, "Demonstration Wire")
    assert heading.text == f"MOSCOW — {BODY}"


def test_lines_above_the_text_need_no_blank_lines_between_them():
    heading = take(
        "Putin and Hollande agree\nBy Ann Example\nExample Gazette, November 17, 2015 — Written for demonstration\n\n"
        f"{BODY}"
    )
    assert (heading.title, heading.author, heading.publisher) == (
        "Putin and Hollande agree",
        "Ann Example",
        "Example Gazette",
    )
    assert heading.text == BODY


def test_a_date_line_may_stand_above_the_title_or_below_the_text():
    above = take(f"Tuesday, November 17, 2015\n\nJets strike Raqqa\n\n{BODY}")
    below = take(f"Jets strike Raqqa\n\n{BODY}\n\nSource: Example Post November 17, 2015 21:22 UTC")
    for heading in (above, below):
        assert (heading.title, heading.published, heading.text) == ("Jets strike Raqqa", DAY, BODY)


def test_an_agency_page_with_repeated_title_ages_and_credits():
    heading = take(
        "10 months ago\nRussia says talks could go on\nNovember 17, 2015 / 12:20 PM / 10 months ago\n\n"
        f"Russia says talks could go on\n\nExample Staff\n\n1 Min Read\n\n{BODY}\n\n"
        "Reporting by Ann Example; Writing by Bo Example\n\nOur Standards:The Example Principles."
    )
    assert (heading.title, heading.published, heading.text) == ("Russia says talks could go on", DAY, BODY)


def test_of_two_dates_the_earlier_is_that_of_publication():
    heading = take(
        f"17 Jul 2024\nTuesday 17 November 2015 - 14:41\nStory Code : 235279\n\nTalks reach consensus\n\n{BODY}"
    )
    assert (heading.published, heading.title, heading.text) == (DAY, "Talks reach consensus", BODY)


def test_a_date_called_that_of_publication_wins():
    heading = take(f"Jets strike\n\nVienna, 1 November 2015\n\nPublished 17 November 2015\n\n{BODY}")
    assert heading.published == DAY


def test_fields_above_the_text_are_metadata():
    heading = take(f"Title: Talks in Vienna\nDate: 2015-11-17\nSource: Example Gazette\nLanguage: en\n\n{BODY}")
    assert (heading.title, heading.stated, heading.publisher, heading.language) == (
        "Talks in Vienna",
        DAY,
        "Example Gazette",
        "en",
    )
    assert (heading.published, heading.text) == (None, BODY)


def test_a_wire_dateline_dates_the_report_and_stays():
    heading = take("LONDON, Nov 17, 2015 (Wire) — Britain condemned the attacks in Paris.")
    assert (heading.published, heading.publisher) == (DAY, "Wire")
    assert heading.text.startswith("LONDON, Nov 17, 2015")


def test_a_title_right_above_a_wire_dateline():
    heading = take(
        "Army says it killed two soldiers – UN\nADDIS ABABA, Feb 17 (Wire) – Ethiopia says it killed two soldiers."
    )
    assert (heading.title, heading.published) == ("Army says it killed two soldiers – UN", None)


def test_a_section_above_the_title_goes_with_it():
    heading = take(f"World News\n\nTurkey shoots down a Russian jet near Syria\n\n{BODY}")
    assert (heading.title, heading.text) == ("Turkey shoots down a Russian jet near Syria", BODY)


def test_the_dates_of_a_chronology_are_no_date_lines():
    text = "Timeline of the crisis\n\n" + "\n\n".join(
        f"{day} March 2014\n\nRussia acted, the Kremlin says." for day in (1, 16, 18)
    )
    heading = take(text)
    assert heading.published is None
    assert heading.text.startswith("1 March 2014")


def test_dates_deep_in_the_text_are_no_date_lines():
    text = f"{BODY}\n\n{BODY}\n\n17 November 2015\n\n{BODY}"
    assert take(text).published is None
    assert take(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "Russia bombed Raqqa",
        "Russia bombed Raqqa on Tuesday.\n\nFrance did too.",
        "Russia bombed Raqqa\nand France did so too, ministers said in Paris and in Moscow on Tuesday.",
        "MOSCOW — Russia bombed Raqqa\n\nFrance did too, ministers said on Tuesday in Paris.",
    ],
)
def test_a_first_line_that_is_text_is_no_title(text):
    assert take(text).title is None
    assert take(text).text == text


def test_a_known_title_is_taken_out_and_nothing_else_for_one():
    heading = take(f"Jets  Strike Raqqa!\n\nOn the ground\n\n{BODY}".replace("  ", " "), title="Jets strike Raqqa")
    assert (heading.title, heading.text) == ("Jets strike Raqqa", f"On the ground\n\n{BODY}")


@given(
    st.lists(
        st.sampled_from(
            [
                "",
                "Title",
                "17 November 2015",
                "By Ann Example",
                "Russia struck Syria.",
                "Date: 2015-11-17",
                "© Example",
                "x" * 400,
            ]
        ),
        max_size=10,
    )
)
def test_any_order_of_lines_is_taken_apart_without_error(lines):
    text = clean("\n".join(lines))
    heading = take(text)
    assert all(one in text for one in heading.text.split("\n"))
