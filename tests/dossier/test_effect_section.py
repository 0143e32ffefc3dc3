"""The section on effects: what it prints of what it is given, and where it links."""

import datetime as dt

import pytest
from tests.dossier.pages import Page

from worldstage.dossier.book import Book
from worldstage.dossier.content import EffectLine, EffectTable
from worldstage.dossier.sections import effects

HOSTILE = "<script>alert(1)</script>"
SHOCK = ("Paris attacks", dt.date(2015, 11, 13))
SERIES = [
    {"period": dt.date(2015, 10, 30), "observed": 1, "expected": None, "low": None, "high": None},
    {"period": dt.date(2015, 11, 6), "observed": 0, "expected": None, "low": None, "high": None},
    {"period": dt.date(2015, 11, 13), "observed": 9, "expected": 1.5, "low": 0.0, "high": 4.0},
]


def line(partner="TUR", outcome="all", verdict="rose", **more):
    given = {
        "text": f"{outcome} with {partner}: {verdict}.", "before": (4, 19), "after": (21, 6), "expected": 2.71,
        "ratio": (1.1, 7.9, 4000.0), "p": 0.048, "passed": ["presence", "pre-trend"], "failed": ["other shocks"],
        "events": (), "series": SERIES,
    }  # fmt: skip
    return EffectLine(partner, outcome, verdict=verdict, **{**given, **more})


@pytest.fixture
def drawn(changed):
    def made(*lines, counted="Counted: 530 events."):
        return effects.render(Book(changed(effects=EffectTable(SHOCK, "week", counted, lines))))

    return made


def text(html):
    return Page(html).text()


def test_a_relation_that_moved(drawn):
    html = drawn(line(), line(outcome="verbal-conflict", verdict="no clear change", series=()))
    said = text(html)
    assert "all with TUR: rose." in said
    assert "4 in 19 weeks → 21 in 6 weeks" in said
    assert "7.9 (1.1 to over 1,000)" in said
    assert "▲ rose" in said
    assert "passed: presence and pre-trend; not passed: other shocks" in said
    assert "Of 2 questions asked, 2 can be answered; 1 show a change." in said
    assert "Counted: 530 events." in said
    assert html.count("<svg") == 2


def test_what_moved_stands_first(drawn):
    said = text(drawn(line(verdict="no clear change"), line(outcome="verbal-conflict")))
    assert said.rindex("verbal-conflict with TUR: rose.") < said.rindex("all with TUR: no clear change.")


def test_numbers_and_sentences_link_to_events(drawn, events):
    found = drawn(line(events=[e.id for e in events]), line(partner=None))
    targets = Page(found).targets
    assert "between-RUS-TUR" in targets
    assert "between-RUS-all" in targets or any(t.startswith("between-") and t != "between-RUS-TUR" for t in targets)
    assert any(t.startswith("event-") for t in targets)


def test_too_few_is_said_plainly_and_nothing_is_drawn(drawn):
    html = drawn(line(verdict="too few to tell", before=(1, 19), after=(2, 6)))
    assert "Too few to tell: all events (1 before, 2 after)." in text(html)
    assert "<svg" not in html
    assert "<table" not in html


def test_an_onset_has_a_lower_bound_only(drawn):
    assert "at least 1.1" in text(drawn(line(before=(0, 19))))


def test_an_actor_that_is_not_in_the_data(drawn):
    absent = line(verdict="actor not in the data", text="France: not in the data.", ratio=None, p=None, series=())
    assert "France: not in the data." in text(drawn(absent))


def test_nothing_to_tell(changed):
    assert "No effect of a shock is measured" in text(effects.render(Book(changed(effects=None))))
    assert "names no focus actor" in text(effects.render(Book(changed(effects=None, focus=None))))


def test_text_from_outside_is_escaped(drawn):
    html = drawn(line(partner=HOSTILE, text=HOSTILE, failed=[HOSTILE]), counted=HOSTILE)
    assert "<script" not in html
