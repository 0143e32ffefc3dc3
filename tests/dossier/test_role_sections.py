"""The sections on role, attention and exposure: what they print of what they are given, and where they link."""

import pytest
from tests.dossier.pages import Page

from worldstage.core.results import Result, Table
from worldstage.dossier.book import Book
from worldstage.dossier.content import AttentionLine, Mixture, RoleLine
from worldstage.dossier.sections import attention, exposure, roles

HOSTILE = "<script>alert(1)</script>"


def measure(label, verdict, **more):
    return {
        "key": label, "label": label, "group": "ties", "before": 4.0, "after": 24.0, "change": 5.4, "low": 2.1,
        "high": 9.0, "ratio": True, "rank_before": 7, "rank_after": 1, "p": 0.0112, "verdict": verdict, "reason": "",
        **more,
    }  # fmt: skip


def line(*rows, verdict="shifted", **more):
    parameters = {"shock_name": "Paris attacks", "days": 49, "before_from": "2015-09-25", "after_to": "2015-12-31"}
    result = Result("Russia: partners rose.", Table({}, rows, "49 days before and after"), parameters, ("Be careful.",))
    partners = [("TUR", "Turkey", 1, 3), ("CHN", "China", 2, 2), ("XX", HOSTILE, 0, 1)]
    return RoleLine(result, verdict, partners, {"before": None, "after": ["France", "Iran"], **more})


@pytest.fixture
def few():
    return measure(
        "partners", "too few to tell", change=None, p=None, rank_before=None, reason="2 events before, 3 after"
    )


def text(html):
    return Page(html).text()


def test_a_role_that_shifted(changed, few):
    html = roles.render(Book(changed(roles=[line(measure("events", "rose"), few)])))
    said = text(html)
    assert "Russia: partners rose." in said
    assert "×5.4 (2.1 to 9)" in said
    assert "7 → 1" in said
    assert "▲ rose" in said
    assert "? too few to tell: 2 events before, 3 after" in said
    assert "Compared are the 49 days before the shock, from 25 September 2015" in said
    assert "After the shock it stands with France, Iran." in said
    assert "Before the shock it stands" not in said
    assert "Be careful." in said
    assert "<svg" in html


def test_partners_link_to_their_events(changed):
    html = roles.render(Book(changed(roles=[line(measure("events", "rose"))])))
    assert "between-RUS-TUR" in Page(html).targets
    assert "China" not in text(html)
    assert HOSTILE not in html


def test_where_all_is_too_few_nothing_is_drawn_and_the_table_is_folded(changed, few):
    html = roles.render(Book(changed(roles=[line(few, verdict="too few to tell")])))
    assert "<svg" not in html
    assert "What was counted all the same" in text(html)


def test_an_actor_that_is_not_in_the_data(changed):
    absent = RoleLine(Result("Russia: not in the data.", Table({}, ())), "actor not in the data", (), {})
    assert "Russia: not in the data." in text(roles.render(Book(changed(roles=[absent]))))


def part(name, verdict="no clear change", **more):
    return {"part": name, "before": 14.5, "after": 8.0, "share_before": 27.9, "share_after": 9.2, "change": -1.07,
            "low": -2.03, "high": -0.29, "verdict": verdict, **more}  # fmt: skip


def test_attention(changed):
    moved = [part("Syria", "fell"), part(HOSTILE)]
    mixes = [
        Mixture("partner", "By partner: from Syria to Turkey.", "moved", "By partner", moved),
        Mixture("place", "By place: the same.", "no clear change", "By place", [part("Iran", "too few to tell")]),
        Mixture("issue", "By issue: too few to tell.", "too few to tell", "By issue", []),
    ]
    line = AttentionLine("Paris attacks", "all", "moved", mixes, ("Note.",))
    html = attention.render(Book(changed(attention=[line])))
    said = text(html)
    assert "from Syria to Turkey" in said
    assert "▼ fell" in said
    assert "−1.07 (−2.03 to −0.29)" in said
    assert "The issue is known of no event" in said
    assert html.count("<figure") == 1
    assert HOSTILE not in html


def test_exposure(changed, events):
    rows = [
        {"state": "Russia", "code": "RUS", "attacks": 1, "soil": 0, "abroad": 1, "deaths": 224, "possible": 0,
         "contiguity": "", "border_km": 607, "capital_km": None, "events": [events[0].id, "unknown"]},
        {"state": HOSTILE, "code": "X", "attacks": 0, "soil": 0, "abroad": 0, "deaths": 0, "possible": 0,
         "contiguity": "host", "border_km": 0, "capital_km": 1234, "events": []},
    ]  # fmt: skip
    found = Result("ISIS stands in Syria.", Table({}, rows, "States exposed"), warnings=("Reported only.",))
    html = exposure.render(Book(changed(exposure=[found])))
    said = text(html)
    assert "ISIS stands in Syria." in said
    assert "0 + 1" in said
    assert "1,234" in said
    assert f"event-{events[0].id}" in Page(html).targets
    assert "Reported only." in said
    assert HOSTILE not in html


def test_without_anything_they_say_so(book, changed):
    assert "No shock is compared" in text(roles.render(book))
    assert "No shock is compared" in text(attention.render(book))
    assert "No armed group" in text(exposure.render(book))
    alone = Book(changed(focus=None))
    assert "no focus actor" in text(roles.render(alone))
    assert "no focus actor" in text(attention.render(alone))


@pytest.mark.parametrize("section", [roles.SECTION, attention.SECTION, exposure.SECTION])
def test_they_stand_between_network_and_places(section):
    assert 40 < section.order < 50
