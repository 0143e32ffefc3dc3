"""The sections on positions and stakes, from content made by hand."""

import dataclasses
import datetime as dt

import pytest

from worldstage.core.results import Result, Table
from worldstage.dossier.book import Book
from worldstage.dossier.content import ActorLine, IssueLine, Sentence, StakesTable
from worldstage.dossier.sections import positions, stakes

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
