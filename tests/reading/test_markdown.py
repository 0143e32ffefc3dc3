import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from worldstage.reading.markdown import READER, plain

REPORT = """# Russian jets *strike* Raqqa

Demonstration Wire · 17 November 2015

MOSCOW — Russian **aircraft** struck [positions](https://example.org "t") of Islamic State in
Raqqa on Tuesday, the `defence` ministry said.

    An indented paragraph is no code.

![a picture](p.png)

> A quotation.

| Country | Sorties |
|---|---|
| Russia | 127 |

- one
- two

<script>alert(1)</script>

<p>From <b>tags</b>.</p>
"""


def test_markup_goes_and_words_stay():
    title, text = plain(REPORT)
    assert title == "Russian jets strike Raqqa"
    assert text.split("\n\n") == [
        "Demonstration Wire · 17 November 2015",
        "MOSCOW — Russian aircraft struck positions of Islamic State in Raqqa on Tuesday, the defence ministry said.",
        "An indented paragraph is no code.",
        "A quotation.",
        "Country | Sorties",
        "Russia | 127",
        "one",
        "two",
        "From tags.",
    ]


def test_front_matter_is_metadata(draft):
    found = draft(
        READER,
        "---\ntitle: 'Jets strike'\ndate: 2015-11-17\noutlet: Example Wire\ntags: [a]\n---\n\nRussia struck.",
        "a.md",
    )
    assert (found.title, found.published, found.publisher) == ("Jets strike", dt.date(2015, 11, 17), "Example Wire")
    assert found.text == "Russia struck."


def test_a_rule_at_the_top_is_no_front_matter(draft):
    assert draft(READER, "---\n\nRussia struck.\n\n---\n", "a.md").text == "Russia struck."


def test_a_second_level_heading_is_text(draft):
    found = draft(READER, "## Background\n\nRussia struck.", "a.md")
    assert (found.title, found.text) == (None, "Background\n\nRussia struck.")


def test_unnamed_input_is_markdown_if_it_begins_so(raw):
    assert READER.claims(raw("# Jets strike\n\nRussia struck."))
    assert READER.claims(raw("---\ntitle: x y\n---\nRussia struck."))
    assert not READER.claims(raw("#1 in the polls"))
    assert not READER.claims(raw("# Jets strike", "a.txt"))


@given(st.text("ab #*_`[](!)<>|-\n&;", max_size=150))
def test_any_text_is_plain_text_afterwards(text):
    plain(text)
