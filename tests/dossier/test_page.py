"""The whole page: well formed, self-contained, every number on the way to its evidence."""

import datetime as dt
import re

import pytest
from tests.dossier.conftest import DOWNING
from tests.dossier.pages import Page

from worldstage.core import plugins
from worldstage.core.errors import ConfigError
from worldstage.dossier.page import render, sections

KEYS = [
    "in-short",
    "events",
    "relations",
    "effects",
    "network",
    "roles",
    "attention",
    "exposure",
    "places",
    "statements",
    "rhetoric",
    "positions",
    "bargaining",
    "stakes",
    "figures",
    "documents",
    "left-out",
    "certainty",
    "record",
]


@pytest.fixture(scope="module")
def html(content):
    return render(content)


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


def test_it_needs_no_script_and_no_network(html, page):
    assert not page.all("script")
    assert not [tag for tag, _ in page.elements if tag in ("link", "img", "iframe", "object", "embed", "form", "base")]
    assert not [
        k for _, attrs in page.elements for k in attrs if k.startswith("on") or k in ("src", "srcset", "action")
    ]
    assert not re.findall(r"@import|url\((?!#)", html)
    policy = next(m for m in page.all("meta") if m.get("http-equiv"))
    assert "default-src 'none'" in policy["content"]


def test_ids_are_unique_and_links_inside_the_page_arrive(page):
    assert len(page.ids) == len(set(page.ids))
    assert page.targets <= set(page.ids)


def test_all_sections_stand_in_order_and_in_the_contents(page):
    assert [s["id"] for s in page.all("section")] == KEYS
    assert set(KEYS) <= page.targets
    assert len(page.all("h2")) == len(KEYS) + 1
    assert len(page.all("h1")) == 1


def test_the_first_page_has_question_notice_and_facts(page):
    assert page.text("h1") == "How will the Paris attacks shift Russia’s role?"
    assert "Written for demonstration" in page.text("header")
    assert "1 October 2015 to 31 December 2015, per week" in page.text("header")
    assert "6 documents , 9 events reported as having happened , 1 not counted" in page.text("header")


def test_every_event_is_there_with_its_sentence_marked(page, content):
    assert len([a for a in page.all("article") if "event" in a["class"].split()]) == len(content.events)
    assert "shot down" in page.text("mark")
    assert DOWNING in page.text("blockquote").replace(" shot down ", " shot down ")


def test_all_outlets_of_an_event_are_named(page, content):
    text = page.text("article")
    assert all(d.title in text and d.publisher in text for d in content.documents[:4])


def test_only_web_addresses_leave_the_page(page):
    leaving = {a["href"] for a in page.all("a") if not a["href"].startswith("#")}
    assert leaving == {"https://example.org/su-24?a=1&b=2"}


def test_folders_of_the_writer_do_not_travel(html):
    assert "/home/someone" not in html
    assert "secret" not in html
    assert "Example Gazette.md" in html


def test_every_picture_is_described_and_followed_by_its_table(html, page):
    drawings = [a for a in page.all("svg") if a.get("role") == "img"]
    assert len(drawings) == 2 * html.count('<figure class="drawing">') >= 12
    assert all(len(a["aria-labelledby"].split()) == 2 for a in drawings)
    assert html.count("<title id=") == html.count("<desc id=") == len(drawings)
    assert "The numbers of this chart" in page.text("summary")


def test_tables_name_their_columns(page):
    heads = [a for a in page.all("th") if a.get("scope") == "col"]
    assert len(page.all("table")) == len(page.all("caption"))
    assert len(heads) > 40
    assert all(a.get("role") == "columnheader" for a in heads)


def test_not_counted_events_stand_apart(html, page):
    denied = html.index("Turkey denied that it had")
    assert denied > html.index('id="not-counted"')
    assert "counted nowhere" in page.text("section")


def test_the_borders_judge_nothing(page):
    text = page.text("section")
    assert "They imply no judgement" in text
    assert "Crimea" in text


def test_citation_says_what_when_and_with_what(page):
    line = page.text("footer")
    assert "Dossier from 6 documents published 24 November 2015 to 27 November 2015" in line
    assert "written on 23 November 2026 with worldstage 0.1.0, coder worldstage 0.1.0 / plover-en 1." in line


def test_the_same_content_gives_the_same_page(content, html):
    assert render(content) == html


@pytest.mark.parametrize(
    "fields",
    [
        {"events": [], "series": [], "links": [], "volume": {}, "relations": [], "statuses": {}},
        {"focus": None, "series": [], "links": [], "relations": []},
        {"shocks": [], "relations": []},
        {"window": None, "shocks": [], "relations": [], "series": [], "links": []},
        {"documents": [], "statements": [], "figures": [], "unresolved": [], "skipped": [], "runs": []},
        {"names": {}, "notices": [], "versions": {}, "written": None},
        {"unit": "month"},
        {"pending": 3, "warnings": ["Nothing is compared: the case names no shock."]},
    ],
    ids=["no events", "no focus", "no shock", "no window", "no documents", "no names", "months", "pending"],
)
def test_it_stands_whatever_is_missing(changed, fields):
    page = Page(render(changed(**fields)))
    assert [s["id"] for s in page.all("section")] == KEYS
    assert page.targets <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert "None" not in page.text("section")


def test_a_plug_in_that_is_no_section_is_refused(monkeypatch):
    monkeypatch.setattr(plugins, "names", lambda group: ("odd",))
    monkeypatch.setattr(plugins, "load", lambda group, name: "odd")
    with pytest.raises(ConfigError, match=r"'odd' of worldstage\.sections is of type str"):
        sections()


def test_sections_that_are_not_registered_are_an_error_with_a_hint(monkeypatch):
    monkeypatch.setattr(plugins, "names", lambda group: ())
    with pytest.raises(ConfigError) as error:
        sections()
    assert "install worldstage again" in error.value.hint


@pytest.mark.slow
def test_two_thousand_events_are_drawn_in_five_seconds(changed, documents, events):
    import dataclasses
    import time

    first = dt.date(2015, 10, 1)
    many = [
        dataclasses.replace(events[n % len(events)], id=f"e{n}", date=first + dt.timedelta(days=n % 90))
        for n in range(2000)
    ]
    render(changed())
    began = time.process_time()
    html = render(changed(events=many))
    assert time.process_time() - began < 5
    assert len(html) < 8_000_000
    page = Page(html)
    months = [a for a in page.all("details") if a.get("id", "").startswith("month-")]
    assert months
    assert not [a for a in months if "open" in a]
