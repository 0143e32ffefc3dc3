import datetime as dt

import pytest

from worldstage.core.records import Document, Skipped
from worldstage.reading.finish import LONGEST, finish
from worldstage.reading.raw import Draft

TEXT = "Russian aircraft struck positions of Islamic State in Raqqa on Tuesday, the defence ministry said."
OPTION, META, LINE, NAME = (dt.date(2015, 11, day) for day in (1, 2, 3, 4))
DATED = f"Jets strike\n\nExample Wire · 3 November 2015\n\n{TEXT}"


@pytest.mark.parametrize(
    ("text", "published", "given", "source", "expected"),
    [
        (DATED, META, OPTION, "2015-11-04-a.txt", (OPTION, "option")),
        (DATED, META, None, "2015-11-04-a.txt", (META, "metadata")),
        (DATED, None, None, "2015-11-04-a.txt", (LINE, "date line")),
        (TEXT, None, None, "2015-11-04-a.txt", (NAME, "file name")),
        (TEXT, None, None, "a.txt", (None, "none")),
        (DATED, dt.date(2999, 1, 1), None, "a.txt", (LINE, "date line")),
        (DATED, dt.date(1066, 1, 1), None, "a.txt", (LINE, "date line")),
    ],
)
def test_the_date_comes_from_the_best_source_and_the_document_says_which(text, published, given, source, expected):
    document = finish(Draft(text, "text", published=published), source, published=given)
    assert isinstance(document, Document)
    assert (document.published, document.published_from) == expected
    assert document.text == TEXT


def test_a_guess_counts_only_where_nothing_better_is_known():
    assert finish(Draft(DATED, "html", guess=META), "a").published == LINE
    assert finish(Draft(TEXT, "html", guess=META), "2015-11-04.txt").published == META


def test_the_same_text_and_date_make_the_same_document():
    one = finish(Draft(DATED, "text"), "a.txt")
    two = finish(Draft(DATED.replace("\n", "\r\n") + "\r\n", "markdown"), "b.md")
    assert one.id == two.id


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "no text"), (" \n\u200b ", "no text"), ("1 2 3 4 5", "no text"), ("one two", "fewer than"),
     ("x" * (LONGEST + 1), "longer than"),     ("abc def ghi " + "#%$&" * 50, "hardly any words")],
)  # fmt: skip
def test_what_is_no_report_is_skipped_with_its_reason(text, reason):
    found = finish(Draft(text, "text", part="7"), "a.txt")
    assert isinstance(found, Skipped)
    assert reason in found.reason
    assert found.source == "a.txt:7"


def test_a_script_without_spaces_is_no_lack_of_words():
    assert isinstance(finish(Draft("俄罗斯周二表示，一枚炸弹击落了上个月在埃及坠毁的客机", "text"), "a.txt"), Document)


def test_sources_that_may_become_links_are_harmless():
    assert (
        finish(Draft(TEXT, "json", address="https://me:secret@example.org/a", part="1"), "a.jsonl").source
        == "https://example.org/a"
    )
    assert finish(Draft(TEXT, "json", address="javascript:alert(1)", part="1"), "a.jsonl").source == "a.jsonl:1"


def test_the_host_stands_in_for_an_outlet_that_is_not_named():
    assert finish(Draft(TEXT, "html"), "https://www.example.org/a").publisher == "example.org"
    assert finish(Draft(TEXT, "html", publisher="Example"), "https://www.example.org/a").publisher == "Example"
    assert finish(Draft(TEXT, "text"), "a.txt").publisher is None
