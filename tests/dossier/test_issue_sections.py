"""The sections on positions and stakes, from content made by hand."""

import dataclasses
import datetime as dt

import pytest

from worldstage.core.results import Result, Table
from worldstage.dossier.book import Book
from worldstage.dossier.content import (
    ActorLine,
    BargainLine,
    EchoLine,
    IssueLine,
    Quote,
    RhetoricLine,
    Sentence,
    StakesTable,
    VoiceLine,
)
from worldstage.dossier.sections import bargaining, positions, rhetoric, stakes

SHOCK = ("Paris attacks", dt.date(2015, 11, 13))


def actor(name="France", moved="up", **more):
    fields = {
        "before": (5.0, 10.0, 20.0), "now": (30.0, 45.0, 60.0), "sources": ("documents", "documents"), "counts": (4, 5),
        "salience": (0.1, 0.2, 0.3), "capability": (1.0, 1.0, 1.0), "given": {}, "evidence": (), **more,
    }  # fmt: skip
    return ActorLine(name, moved=moved, **fields)


def issue(*actors, **more):
    return IssueLine("dam", "Is <the> dam built?", "No", "Yes", ((50.0, "Half"),), SHOCK, actors, **more)


def table():
    row = {"actor": "FRA", "name": "France", "gain": -3.2, "low": -8.0, "high": 1.0, "up": 0.2, "top_winner": 0.1}
    row |= {"top_loser": 0.7, "driver": "dam"}
    result = Result("Most to lose has France.", Table({}, [row]), {"model": "mean", "draws": 500}, ("Missed by 23.2.",))
    return StakesTable("before", "now", result, {"dam": ((10, 20, 30), (40, 50, 60))}, [("dam", "France", -12.3)])


@pytest.fixture
def book(content):
    def make(**fields):
        return Book(dataclasses.replace(content, **fields))

    return make


def test_a_move_is_told_with_its_counts(book):
    html = positions.render(book(issues=[issue(actor())]))
    assert "France: from 10 to 45 after 13 November 2015; 4 sentences before, 5 after." in html
    assert "45 (30 to 60)" in html
    assert "Is &lt;the&gt; dam built?" in html
    assert "<the>" not in html


def test_without_a_move_that_is_said(book):
    html = positions.render(book(issues=[issue(actor(moved="no clear move"))]))
    assert "No actor’s position can be said to have moved" in html


def test_without_evidence_that_is_said(book):
    html = positions.render(book(issues=[issue(warnings=("No evidence: nothing.",))]))
    assert "No evidence: nothing in the documents takes a side" in html
    assert "No issue" not in html


def test_each_sentence_leads_to_its_document(book, documents):
    told = Sentence(dt.date(2015, 11, 26), 12.0, ("no",), 0.5, "He said <no>.", documents[0].id, "statement", "s1")
    mute = dataclasses.replace(told, position=None, why=())
    html = positions.render(book(issues=[issue(actor(evidence=(told, mute), given={"position": "a speech"}))]))
    assert "suggests 12 (no)" in html
    assert "takes no side" in html
    assert "He said &lt;no&gt;." in html
    assert f"#document-{documents[0].id}" in html
    assert "position given by the analyst: a speech" in html


def test_stakes_show_gains_chances_outcomes_and_the_warning(book):
    html = stakes.render(book(issues=[issue(actor())], stakes=[table()]))
    for text in ("Most to lose has France.", "−3.2", "−8 to 1", "70 %", "Missed by 23.2.", "20 (10 to 30)", "by −12.3"):
        assert text in html or text.replace("−8 to 1", "−8.0 to 1.0") in html
    assert "weighted mean, 500 draws" in html


def test_a_case_without_issues_says_how_to_add_them(book):
    assert "[[issues]]" in positions.render(book())
    assert "No scenarios" in stakes.render(book())


def test_where_it_would_end_shows_models_shares_and_the_warning(book):
    line = BargainLine(
        "dam", "Is <the> dam built?",
        [("mean", 28.4, (20.0, 38.0, 58.0), 23.2), ("middle of the line", 50.0, None, 27.3)], 1000, 4096,
        "What drives the result: Egypt's position (58 % of the variance).",
        [("Egypt, position", (0.5, 0.58, 0.66), 0.61)], "Missed by 23.2.", ("A note.",),
    )  # fmt: skip
    html = bargaining.render(book(bargains=[line]))
    for text in (
        "38 (20 to 58)",
        "58 %",
        "50 % to 66 %",
        "61 %",
        "Missed by 23.2.",
        "A note.",
        "1,000 draws",
        "Always the",
    ):
        assert text in html
    assert "Is &lt;the&gt; dam built?" in html
    assert "No issue of the case" in bargaining.render(book())


def test_rhetoric_sets_echoes_side_by_side(book, documents):
    early = Quote("Russia", dt.date(2015, 10, 1), "Examine <the> wreckage.", documents[0].id, "s1")
    late = Quote("Russia", dt.date(2015, 11, 1), "The wreckage, again.", documents[1].id, "s2")
    voice = VoiceLine("Russia", None, (-1.0, -2.0, 0.04, 12), (0.5, -1, 2, 6), (-2.5, -4, -1, 6), "down")
    line = RhetoricLine(
        SHOCK, "Bluntest is Russia.", [voice], [dataclasses.replace(voice, target="Turkey", before=None)], [voice],
        [EchoLine(late, early, ("wreckage",), 0.4)], [EchoLine(late, None, cue="again")], ("A note.",),
    )  # fmt: skip
    html = rhetoric.render(book(rhetoric=line))
    for text in (
        "Bluntest is Russia.", "▼ harsher", "▼ more hedged", "−1.0 (−2.0 to 0.0); 12", "Turkey", "A note.", "wreckage",
        "Russia echoes its own words", "Examine &lt;the&gt; wreckage.", "are not in the case", "1 October 2015",
    ):  # fmt: skip
        assert text in html
    assert html.index("Examine") < html.index("The wreckage, again.")
    empty = RhetoricLine(SHOCK, "Nothing.", [], [], [], [], [])
    assert "No statement repeats" in rhetoric.render(book(rhetoric=empty))
    assert "No shock" in rhetoric.render(book(rhetoric=None))
