"""A dossier's content, composed by hand: seven events told by five documents, two shocks."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter

import pytest

from worldstage.core.records import (
    Actor,
    Document,
    Event,
    Evidence,
    Figure,
    Mention,
    Place,
    Range,
    Skipped,
    Statement,
    digest,
)
from worldstage.core.results import Finding, Result, Table
from worldstage.dossier.book import Book
from worldstage.dossier.content import Content, Link, SeriesPoint
from worldstage.reference.plover import quad, score

NAMES = {
    "RUS": "Russia",
    "TUR": "Turkey",
    "FRA": "France",
    "USA": "United States",
    "ISIS": "Islamic State",
    "SYR": "Syria",
}
SHOCKS = [("Paris attacks", dt.date(2015, 11, 13)), ("Su-24 shot down", dt.date(2015, 11, 24))]
WINDOW = (dt.date(2015, 10, 1), dt.date(2015, 12, 31))
RUSSIA = Actor("RUS", "Russia", "RUS", "GOV", text="Moscow")
PUTIN = Actor("RUS", "Russia", "RUS", "GOV", "Vladimir Putin", "President", "Putin")
TURKEY = Actor("TUR", "Turkey", "TUR", "MIL", text="Turkish jets")
FRANCE = Actor("FRA", "France", "FRA", "GOV", text="France")
USA = Actor("USA", "United States", "USA", "GOV", text="Washington")
ISIS = Actor("ISIS", "Islamic State", None, "REB", text="IS")
REBELS = Actor(None, "Turkmen rebels", None, "REB", text="Turkmen rebels")
ANKARA = Place("Ankara", "TUR", 39.93, 32.85)
RAQQA = Place("Raqqa", "SYR", 35.95, 39.01)
PARIS = Place("Paris", "FRA", 48.86, 2.35)


def make_document(text="A report. Nothing else.", published=dt.date(2015, 11, 25), **fields):
    fields = {"title": "A report", "publisher": "Demonstration Wire", "published_from": "date line", **fields}
    return Document.make(text, published=published, **fields)


def tell(document, sentence, trigger):
    """Evidence for a sentence of a document, and the span of the words in it."""
    start = document.text.index(sentence)
    at = document.text.index(trigger, start)
    return Evidence(document.id, start, start + len(sentence), sentence), (at, at + len(trigger))


def make_event(kind="CONSULT", actors=(RUSSIA,), recipients=(FRANCE,), date=dt.date(2015, 11, 25), **fields):
    evidence = fields.pop("evidence", (Evidence("nowhere", 0, 9, "They met."),))
    ident = fields.pop("id", None) or digest(kind, date, *(a.name for a in (*actors, *recipients)), evidence[0].text)
    return Event(
        ident,
        kind,
        quad(kind),
        score(kind, fields.get("mode", ())),
        tuple(actors),
        tuple(recipients),
        date,
        evidence,
        **{"confidence": 0.9, "coder": "test 1", **fields},
    )


def row(label, before, after, verdict="too few to tell", ratio=None, low=0.0, high=None, **more):
    return {
        "dyad": label,
        "before": before,
        "after": after,
        "expected": 2.0,
        "ratio": ratio,
        "low": low,
        "high": high,
        "cooperation_before": before,
        "cooperation_after": 0,
        "conflict_before": 0,
        "conflict_after": after,
        "score_before": 2.5,
        "score_after": None,
        "share_before": 12.5,
        "share_after": 50.0,
        "verdict": verdict,
        **more,
    }


def make_result(rows, findings, shock=SHOCKS[0], **parameters):
    keys = {k: k for k in row("", 0, 0)}
    return Result(
        findings[0].text if findings else "Nothing.",
        Table(keys, rows, caption=f"Before and after {shock[0]}"),
        parameters={
            "shock": str(shock[1]),
            "shock_name": shock[0],
            "from": str(WINDOW[0]),
            "to": str(WINDOW[1]),
            "unit": "week",
            "directed": False,
            "normalised": True,
            **parameters,
        },
        warnings=("Before and after are compared.", "The case is small."),
        findings=tuple(findings),
    )


DOWNING = "Turkish jets shot down a Russian Su-24 near the border on Tuesday, killing one airman."
CALL = "Putin denounced it as a stab in the back."
MEETING = "Russia and France met in Moscow and agreed to share intelligence."
DENIAL = "Turkey denied that it had apologised to Russia."
STRIKE = "Russian bombers struck Raqqa."
POLL = "Some 53 percent of Russians approve, the Levada Center said."


@pytest.fixture(scope="session")
def documents():
    main = make_document(
        f"{DOWNING} {CALL} {DENIAL}",
        dt.date(2015, 11, 24),
        title="Turkey shoots down Russian plane",
        source="https://example.org/su-24?a=1&b=2",
    )
    copies = [
        make_document(
            f"{outlet} {DOWNING}",
            dt.date(2015, 11, 24),
            title=f"Jet downed, {outlet}",
            publisher=outlet,
            duplicate_of=main.id,
            source=f"/home/someone/secret/{outlet}.md",
        )
        for outlet in ("Example Gazette", "Model Courier", "Specimen Review")
    ]
    met = make_document(
        f"{MEETING} {STRIKE} {POLL}", dt.date(2015, 11, 27), title="Hollande in Moscow", author="A. Writer"
    )
    foreign = make_document(
        "La Russie et la France.", None, title="Paris et Moscou", language="fr", published_from="none"
    )
    return [main, *copies, met, foreign]


@pytest.fixture(scope="session")
def events(documents):
    main, *copies, met, _ = documents
    shot, trigger = tell(main, DOWNING, "shot down")
    said, said_trigger = tell(main, CALL, "denounced")
    denied, denied_trigger = tell(main, DENIAL, "apologised")
    talk, talk_trigger = tell(met, MEETING, "met")
    struck, struck_trigger = tell(met, STRIKE, "struck")
    november = dt.date(2015, 11, 24)
    return [
        make_event(
            "ASSAULT",
            (TURKEY,),
            (RUSSIA,),
            november,
            mode=("aerial",),
            deaths=Range(1, None),
            trigger=trigger,
            evidence=(shot, *(tell(c, DOWNING, "shot down")[0] for c in copies)),
        ),
        make_event(
            "ACCUSE", (PUTIN,), (TURKEY,), november, evidence=(said,), trigger=said_trigger, attribution="Interfax"
        ),
        make_event("SANCTION", (RUSSIA,), (TURKEY,), dt.date(2015, 11, 28), confidence=0.45),
        make_event(
            "CONSULT", (FRANCE, RUSSIA), (), dt.date(2015, 11, 26), evidence=(talk,), trigger=talk_trigger, place=PARIS
        ),
        make_event(
            "ASSAULT", (RUSSIA,), (ISIS,), dt.date(2015, 10, 8), evidence=(struck,), trigger=struck_trigger, place=RAQQA
        ),
        make_event("ASSAULT", (REBELS,), (RUSSIA,), november, confidence=0.6),
        make_event("SUPPORT", (USA,), (TURKEY,), november, place=ANKARA),
        make_event(
            "CONCEDE", (TURKEY,), (RUSSIA,), november, status="denied", evidence=(denied,), trigger=denied_trigger
        ),
        make_event("AID", (FRANCE,), (RUSSIA,), None),
        make_event("AGREE", (FRANCE,), (RUSSIA,), dt.date(2015, 2, 1)),
    ]


@pytest.fixture(scope="session")
def results():
    rows = [
        row("Russia, all relations", 1, 5, "no clear change", 1.0, 0.4, 2.4, a="RUS", b="*"),
        row("Russia – Turkey", 0, 3, "rose", None, 1.4, None, a="RUS", b="TUR"),
        row("Russia – Islamic State", 1, 0, "fell", 0.1, 0.0, 0.6, a="RUS", b="ISIS"),
        row("Russia – France", 0, 1, a="RUS", b="FRA"),
    ]
    findings = [
        Finding("Russia, all relations", "Russia, all relations: events show no clear change.", "flat", weight=6),
        Finding("Russia – France", "Russia – France: too few to tell.", "unknown", weight=1),
        Finding("Russia – Turkey", "Russia – Turkey: events rose after Paris attacks.", "up", weight=103),
        Finding("Russia – Islamic State", "Russia – Islamic State: events fell.", "down", weight=101),
    ]
    return [make_result(rows, findings), make_result(rows, findings, SHOCKS[1], after="2015-11-23")]


@pytest.fixture(scope="session")
def content(documents, events, results):
    main = documents[0]
    said, _ = tell(main, CALL, "stab")
    week, later = dt.date(2015, 11, 23), dt.date(2015, 10, 5)
    return Content(
        question="How will the Paris attacks shift Russia’s role?",
        focus="RUS",
        unit="week",
        window=WINDOW,
        shocks=SHOCKS,
        relations=results,
        series=[
            SeriesPoint(week, "material conflict", 2, "TUR"),
            SeriesPoint(week, "verbal conflict", 1, "TUR"),
            SeriesPoint(week, "verbal cooperation", 1, "FRA"),
            SeriesPoint(later, "material conflict", 1, "ISIS"),
        ],
        volume={later: 1, week: 5},
        links=[
            Link("ISIS", "RUS", 1, -9.5, "before"),
            Link("RUS", "TUR", 3, -6.1, "after"),
            Link("FRA", "RUS", 1, 2.5, "after"),
            Link("TUR", "USA", 1, 5.0, "after"),
        ],
        events=events,
        statements=[
            Statement(
                "s1",
                PUTIN,
                "a stab in the back",
                True,
                "denounce",
                0.65,
                said,
                TURKEY,
                dt.date(2015, 11, 24),
                events[1].id,
            ),
            Statement("s2", RUSSIA, "it would never forget", False, "say", 0.95, said, None, None),
            Statement("s3", FRANCE, "it might help", False, "say", 0.2, said, None, dt.date(2015, 11, 26)),
        ],
        figures=[
            Figure(
                "f1",
                "percent",
                "approve",
                tell(documents[4], POLL, "53")[0],
                53,
                qualifier="some",
                source="Levada Center",
                date=dt.date(2015, 11, 27),
            ),
            Figure("f2", "people killed", "airmen", tell(main, DOWNING, "one")[0], low=1),
        ],
        documents=documents,
        names=NAMES,
        unresolved=[Mention("Erdogan", None, 5, "not in the tables"), Mention("He", None, 9, "a pronoun")],
        skipped=[Skipped("broken.pdf", "no PDF")],
        statuses=Counter(e.status for e in events),
        runs=[
            {
                "number": 1,
                "command": "add",
                "started": dt.datetime(2026, 11, 23, 3, 37),
                "seconds": 3.04,
                "version": "0.1.0",
                "parameters": {"sources": ["/home/someone/secret/reports"], "published": None},
                "counts": {"added": 6},
                "outcome": "done",
            }
        ],
        pending=0,
        versions={"worldstage": "0.1.0", "Python": "3.11.7", "coder": "worldstage 0.1.0 / plover-en 1"},
        notices=["Written for demonstration: nothing here is sampled news."],
        warnings=[],
        written=dt.date(2026, 11, 23),
    )


@pytest.fixture
def changed(content):
    """The content with some fields exchanged."""
    return lambda **fields: dataclasses.replace(content, **fields)


@pytest.fixture(scope="session")
def book(content):
    return Book(content)
