"""Texts from outside are shown as text, whatever they hold."""

import datetime as dt

import pytest
from tests.dossier.conftest import make_document, make_event, make_result, row
from tests.dossier.pages import Page

from worldstage.core.records import Actor, Evidence, Figure, Mention, Place, Skipped, Statement
from worldstage.core.results import Finding
from worldstage.dossier.content import Link, SeriesPoint
from worldstage.dossier.page import render

BAD = "</title></style><script>alert('x')</script><img src=x onerror=alert(1)>\"'&{{ 7*7 }}{% raw %}"
WEIRD = "a\x00b\x1bc\ud800d\u202eevil\uffff"


@pytest.fixture(scope="module", params=[BAD, WEIRD], ids=["markup", "control characters"])
def html(request, content):
    import dataclasses

    bad = request.param
    documents = [
        make_document(
            f"{bad} text", dt.date(2015, 11, 24), title=bad, publisher=bad, author=bad, language=bad, source=source
        )
        for source in ("javascript:alert(1)", bad, "https://example.org/\"onmouseover='x'", "https://example.org/ok")
    ]
    evil, good = Actor("EVIL", bad, person=bad, office=bad, text=bad), Actor(None, bad, text=bad)
    evidence = tuple(Evidence(d.id, 0, len(d.text), d.text) for d in documents)
    events = [
        make_event(
            "ASSAULT",
            (evil,),
            (Actor("RUS", "Russia"), good),
            dt.date(2015, 11, 25),
            id=bad,
            evidence=evidence,
            trigger=(0, 5),
            attribution=bad,
            place=Place(bad, bad, 10.0, 10.0),
            mode=(bad,),
            context=(bad,),
        )
    ]
    findings = [Finding(bad, bad, "up", (bad,), 9), Finding(bad, bad, "unknown")]
    rows = [row(bad, 1, 5, "rose", 2.0, 1.1, 5.0), row(bad, 0, 0)]
    week = dt.date(2015, 11, 23)
    changed = dataclasses.replace(
        content, question=bad, notices=[bad], warnings=[bad], documents=documents, events=events,
        names={"RUS": "Russia", "EVIL": bad}, shocks=[(bad, dt.date(2015, 11, 13))],
        relations=[make_result(rows, findings, (bad, dt.date(2015, 11, 13)))],
        series=[SeriesPoint(week, "material conflict", 2, "EVIL")], links=[Link("EVIL", "RUS", 1, -9.0, "after")],
        statements=[Statement(bad, evil, bad, True, bad, 0.5, evidence[0], good, None, bad)],
        figures=[Figure(bad, bad, bad, evidence[0], 5, qualifier=bad, source=bad)],
        unresolved=[Mention(bad, None, 1, bad)], skipped=[Skipped(bad, bad)], versions={"worldstage": bad, bad: bad},
        runs=[{"command": bad, "parameters": {bad: bad}, "counts": {bad: 1}, "outcome": bad}],
    )  # fmt: skip
    return render(changed)


def test_no_element_or_handler_comes_from_the_text(html):
    page = Page(html)
    assert not [tag for tag, _ in page.elements if tag in ("script", "img")]
    assert not [k for _, attrs in page.elements for k in attrs if k.startswith("on")]
    assert "<script" not in html


def test_only_safe_addresses_are_linked(html):
    page = Page(html)
    assert {a["href"] for a in page.all("a") if not a["href"].startswith("#")} == {"https://example.org/ok"}


def test_anchors_hold_nothing_from_the_text(html):
    page = Page(html)
    assert page.targets <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert all(i.replace("-", "").replace("_", "").isalnum() for i in page.ids)


def test_it_is_utf_8_without_control_characters(html):
    html.encode("utf-8")
    assert not [c for c in html if ord(c) < 32 and c not in "\n\t\r"]


def test_the_text_itself_is_shown(html):
    assert "{{ 7*7 }}" in Page(html).text() or "evil" in Page(html).text()
    assert "49" not in Page(html).text("h1")
