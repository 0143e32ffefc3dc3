import contextlib
import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.core.errors import InputError
from worldstage.reading.finish import finish
from worldstage.reading.html import READER, fragment

FIRST = "MOSCOW — Russian aircraft struck positions of Islamic State in Raqqa on Tuesday, the defence ministry said."
SECOND = "The strikes followed the announcement that a bomb had brought down a Russian airliner over Sinai in October."
ARTICLE = f"<h1>Jets strike Raqqa</h1><p>{FIRST}</p><p>{SECOND}</p>"


def _page(head: str = "", body: str = f"<article>{ARTICLE}</article>") -> str:
    menu = "<header><nav><a href='/'>Home</a> <a href='/world'>World</a></nav></header>"
    footer = "<aside><a href='/x'>Read also: ten recipes</a></aside><footer>© 2020 Example Times</footer>"
    title = "<title>Jets strike Raqqa | Example Times</title>"
    return f"<!doctype html><html lang='en-GB'><head>{title}{head}</head><body>{menu}{body}{footer}</body></html>"


LINKED = json.dumps(
    {"@graph": [
        {"@type": "WebSite", "name": "x"},
        {"@type": ["NewsArticle"], "headline": "Jets strike Raqqa", "datePublished": "2015-11-17T20:00:00-05:00",
         "author": [{"@type": "Person", "name": "Ann Example"}],
         "publisher": {"@type": "Organization", "name": "Example Times"}},
    ]}
)  # fmt: skip


def test_the_article_is_taken_out_of_its_page(draft):
    found = draft(READER, _page())
    assert found.text == f"{FIRST}\n\n{SECOND}"
    assert (found.title, found.language) == ("Jets strike Raqqa", "en-GB")
    assert found.published is None


def test_json_ld_tells_title_date_outlet_and_author(draft):
    found = draft(READER, _page(f"<script type='application/ld+json'>{LINKED}</script>"))
    assert (found.title, found.published) == ("Jets strike Raqqa", dt.date(2015, 11, 17))
    assert (found.publisher, found.author) == ("Example Times", "Ann Example")


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:published_time' content='2015-11-17T10:00:00Z'>",
        "<meta name='DC.date.issued' content='2015-11-17'>",
        "<meta itemprop='datePublished' content='17 November 2015'>",
        "<meta name='date' content='soon'><meta name='pubdate' content='20151117'>",
        "<script type='application/ld+json'>{broken</script><meta name='date' content='2015-11-17'>",
    ],
)
def test_meta_tags_tell_the_date(draft, head):
    assert draft(READER, _page(head)).published == dt.date(2015, 11, 17)


def test_site_and_author_from_meta_tags_but_never_an_address(draft):
    head = (
        "<meta property='og:site_name' content='Example Times'>"
        "<meta property='og:title' content='Jets strike Raqqa | Example Times'>"
        "<meta name='author' content='https://example.org/ann'>"
    )
    found = draft(READER, _page(head))
    assert (found.publisher, found.title, found.author) == ("Example Times", "Jets strike Raqqa", None)


def test_a_date_line_under_the_heading_dates_a_page_without_metadata(draft):
    line = "<p>Demonstration Wire · 17 November 2015 · Written for demonstration</p>"
    body = f"<article><h1>Jets strike Raqqa</h1>{line}<p>{FIRST}</p><p>{SECOND}</p></article>"
    document = finish(draft(READER, _page("", body)), "a.html")
    assert (document.published, document.published_from) == (dt.date(2015, 11, 17), "date line")
    assert (document.publisher, document.title) == ("Demonstration Wire", "Jets strike Raqqa")
    assert document.text == f"{FIRST}\n\n{SECOND}"


def test_dates_in_the_text_and_the_footer_are_not_those_of_publication(draft):
    body = f"<article>{ARTICLE}<p>On 3 March 2011 the council had met in Vienna, and again on 4 May 2012.</p></article>"
    document = finish(draft(READER, _page("", body)), "a.html")
    assert (document.published, document.published_from) == (None, "none")


def test_scripts_styles_and_hidden_parts_never_become_text(draft):
    scripts = "<script>alert('x')</script><style>p{}</style><template>t</template>"
    body = f"<article>{ARTICLE}{scripts}<p>It ended.</p></article>"
    text = draft(READER, _page("", body)).text
    assert "alert" not in text
    assert "p{" not in text


def test_a_page_in_which_no_article_is_found_gives_its_visible_text(draft):
    found = draft(
        READER, "<html><body><nav>Menu</nav><div>Russia struck <b>Raqqa</b>.<br>France did too.</div></body></html>"
    )
    assert found.text == "Russia struck Raqqa.\n\nFrance did too."


def test_tables_are_rows_and_lists_lose_their_bullets(draft):
    listed = "<ul><li>First point about France and Russia</li></ul>"
    table = "<table><tr><th>Country</th><th>Sorties</th></tr><tr><td>Russia</td><td>127</td></tr></table>"
    body = f"<article>{ARTICLE}{listed}{table}</article>"
    text = draft(READER, _page("", body)).text
    assert "Russia | 127" in text
    assert "---" not in text
    assert "\nFirst point about France" in text


def test_the_encoding_that_the_page_declares_is_used(draft):
    page = _page(
        "<meta charset='iso-8859-2'>",
        "<article><p>Wałęsa, Kaczyński i Komorowski spotkali się w Gdańsku we wtorek.</p></article>",
    )
    assert "Wałęsa, Kaczyński" in draft(READER, page.replace("©", "").encode("iso-8859-2")).text


@pytest.mark.parametrize("page", ["<html></html>", "<!doctype html>", "<html><body><script>x</script></body></html>"])
def test_an_empty_page_gives_no_text(raw, page):
    with contextlib.suppress(InputError):
        assert all(not draft.text for draft in READER.read(raw(page)))


def test_pages_are_known_by_content(raw):
    assert READER.claims(raw("<!-- c --><!DOCTYPE html><p>x", "a.txt"))
    assert not READER.claims(raw("<script>alert(1)</script> The army struck.", "a.txt"))
    assert not READER.claims(raw("<p> x", "a.txt"))


def test_a_fragment_is_paragraphs_without_tags():
    assert (
        fragment("<p>One <a href='x'>two</a>.</p>Three &amp; four<script>x</script><br/>five")
        == "One two.\n\nThree & four\n\nfive"
    )
    assert fragment("") == ""


@given(st.text("<>/pabhtml!-=\"' &;\n", max_size=200))
def test_any_markup_is_read_or_refused(text):
    fragment(text)
