"""`effect` on a case, as a method and as a command: the contract, the verdicts, the warnings."""

import datetime as dt
import json

import numpy as np
import pytest
from click.testing import CliRunner
from tests.conftest import make_coding, make_document, make_event

from worldstage.cli.main import root
from worldstage.core.errors import ConfigError, InputError, UnknownNameError
from worldstage.study import Case
from worldstage.study.effect_scan import read_confusion

SHOCK = dt.date(2015, 11, 13)
KEYS = ["focus", "partner", "outcome", "shock", "unit", "before", "after", "expected", "ratio", "p", "checks",
        "verdict", "text", "events"]  # fmt: skip


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """A year and twelve weeks of meetings and clashes of five pairs; after the shock Russia and France meet more."""
    made = Case.init(tmp_path_factory.mktemp("case") / "c", focus="RUS", shock=SHOCK)
    rng = np.random.default_rng(1)
    events = []
    document = make_document(published=dt.date(2015, 1, 1))
    start = 0
    for a, b in (("RUS", "FRA"), ("DEU", "ITA"), ("USA", "GBR"), ("CHN", "JPN"), ("BRA", "ARG")):
        for week in range(-52, 12):
            rate = 7.0 if (a, b) == ("RUS", "FRA") and week >= 0 else 1.5
            for _ in range(rng.poisson(rate)):
                day = SHOCK + dt.timedelta(days=7 * week + int(rng.integers(7)))
                start += 7
                kind = "ASSAULT" if rng.random() < 0.2 else "SUPPORT"
                publisher = "One" if start % 2 else "Two"
                events.append(make_event(document.id, kind, (a,), (b,), day, start=start, publisher=publisher))
    with made.store(write=True) as store:
        store.add_documents([document])
        store.save_codings([make_coding(document, *events)], "test 1")
    return made


def run(case, *arguments):
    return CliRunner().invoke(root, ["-C", str(case.folder), "effect", *arguments], catch_exceptions=False)


def test_the_contract(case):
    done = run(case, "--focus", "RUS", "--partner", "France", "--shock", "2015-11-13", "--json")
    told = json.loads(done.stdout)
    assert list(told)[: len(KEYS)] == KEYS
    assert (told["focus"], told["partner"], told["outcome"]) == ("RUS", "FRA", "all")
    assert told["verdict"] == "rose"
    assert told["before"]["periods"] == 52
    assert told["after"]["periods"] == 12
    assert told["ratio"]["low"] > 1
    assert told["ratio"]["low"] <= told["ratio"]["estimate"] <= told["ratio"]["high"]
    assert 0 < told["p"] < 0.05
    assert len(told["events"]) == told["after"]["events"]
    assert all({"name", "passed", "text"} <= set(c) for c in told["checks"])
    assert "Russia – France: more events" in told["text"]


def test_the_events_can_be_looked_up(case):
    from worldstage.store import EventFilter

    found = case.effect(partner="FRA", full=False)
    seen = case.events(EventFilter(ids=found.events))
    assert len(seen) == found.after.events
    assert all(e.date >= SHOCK for e in seen)


def test_an_untouched_relation_shows_no_clear_change(case):
    found = case.effect(focus="DEU", partner="ITA", full=False)
    assert found.verdict == "no clear change"
    assert found.ratio.low < 1 < found.ratio.high


def test_everybody_and_one_class_of_events(case):
    assert case.effect(focus="RUS", full=False).after.events == case.effect(partner="FRA", full=False).after.events
    parts = [
        case.effect(partner="FRA", outcome=o, full=False).after.events for o in ("cooperation", "material-conflict")
    ]
    assert sum(parts) == case.effect(partner="FRA", full=False).after.events
    assert case.effect(partner="FRA", outcome="ASSAULT", full=False).after.events == parts[1]


@pytest.mark.parametrize("outcome", ["share", "cooperation-share", "score"])
def test_outcomes_that_are_no_counts(case, outcome):
    found = case.effect(partner="FRA", outcome=outcome, full=False)
    assert found.verdict in ("rose", "fell", "no clear change")
    assert (found.ratio is None) == (outcome == "score")
    assert found.text


@pytest.mark.parametrize("unit", ["day", "month"])
def test_other_units(case, unit):
    found = case.effect(partner="FRA", unit=unit, full=False)
    assert found.after.events > 40
    assert found.unit == unit


def test_an_actor_that_is_not_in_the_data_is_a_warning_not_a_collapse(case):
    done = run(case, "--focus", "TUR", "--partner", "FRA", "--shock", "2015-11-13", "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert told["verdict"] == "actor not in the data"
    assert told["events"] == []
    assert "Turk" in done.stderr or "Türk" in done.stderr


def test_a_window_with_nothing_is_too_few(case):
    found = case.effect(focus="RUS", partner="ITA", full=False)
    assert found.verdict == "too few to tell"
    assert "too few to tell" in found.text


def test_a_shock_after_the_data(case):
    assert case.effect(partner="FRA", shock=dt.date(2017, 1, 1), full=False).verdict == "too few to tell"


def test_checks_are_objects_and_name_themselves(case):
    names = [c.name for c in case.effect(partner="FRA").checks]
    for wanted in ("placebo in space", "placebo in time", "pre-trend", "anticipation", "leave one source out",
                   "leave one control out",
                   "sensitivity to window", "sensitivity to unit", "other shocks"):  # fmt: skip
        assert wanted in names


def test_a_close_second_shock_is_not_separable(case):
    found = case.effect(partner="FRA", also=[dt.date(2015, 11, 24)], full=False)
    check = next(c for c in found.checks if c.name == "other shocks")
    assert check.passed is False
    assert "not separable" in check.text
    later = case.effect(partner="FRA", also=[dt.date(2015, 12, 18)], full=False)
    assert later.after.periods == 5


def test_coding_error_widens_the_interval(case):
    plain = case.effect(partner="FRA", outcome="cooperation", full=False)
    classes = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
    matrix = np.full((4, 4), 5.0) + np.diag([30.0] * 4)
    noisy = case.effect(partner="FRA", outcome="cooperation", confusion=(classes, matrix), full=False)
    assert noisy.ratio.low < plain.ratio.low
    assert noisy.ratio.high > plain.ratio.high


def test_a_scan_ranks_what_moved(case):
    result = case.scan(everyone=True)
    assert {result.table.rows[0]["a"], result.table.rows[0]["b"]} == {"RUS", "FRA"}
    assert result.table.rows[0]["verdict"] == "rose"
    # Of five relations one that rises lifts the volume of reporting itself: others may seem to fall, none to rise.
    assert [r["verdict"] for r in result.table.rows].count("rose") == 1
    assert result.parameters["moved"] <= 2
    assert json.loads(run(case, "--scan", "--json").stdout)["rows"]


def test_text_csv_and_chart(case, tmp_path):
    done = run(case, "--partner", "FRA", "--quick", "--chart", str(tmp_path / "x.svg"))
    assert "more events after" in done.stdout
    assert "placebo in space" in done.stdout
    assert (tmp_path / "x.svg").read_text().startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert run(case, "--partner", "FRA", "--quick", "--csv").stdout.startswith("period,observed,expected,low,high")


def test_what_is_wrong_is_said(case):
    with pytest.raises(UnknownNameError, match="outcome"):
        case.effect(partner="FRA", outcome="warmth")
    with pytest.raises(UnknownNameError):
        case.effect(partner="Atlantis")
    with pytest.raises(ConfigError, match="same"):
        case.effect(partner="RUS")


@pytest.mark.parametrize("text", ["", "x,a,b\na,1,2\n", "x,a\na,-1\n", "x,a\na,one\n"])
def test_a_bad_confusion_file(tmp_path, text):
    (tmp_path / "c.csv").write_text(text)
    with pytest.raises(InputError):
        read_confusion(str(tmp_path / "c.csv"))


def test_a_good_confusion_file(tmp_path):
    (tmp_path / "c.csv").write_text("true,a,b\nb,1,9\na,8,2\n")
    classes, matrix = read_confusion(str(tmp_path / "c.csv"))
    assert classes == ["a", "b"]
    assert matrix.tolist() == [[8, 2], [1, 9]]


def test_many_questions_at_once_are_answered_as_one_by_one(case):
    from worldstage.study.effects import effects

    outcomes = ("all", "verbal-cooperation", "material-conflict")
    found = effects(case, [None, "FRA", "TUR"], outcomes)
    assert [(f.partner, f.outcome) for f in found] == [(p, o) for p in (None, "FRA", "TUR") for o in outcomes]
    for one in found[:6]:
        alone = case.effect(partner=one.partner, outcome=one.outcome, full=False)
        assert (one.text, one.p, one.verdict, one.events) == (alone.text, alone.p, alone.verdict, alone.events)
        assert one.series == (alone.series if one.outcome == "all" else ())
    assert {f.verdict for f in found[6:]} == {"actor not in the data"}


def test_what_the_dossier_shows(case):
    from worldstage.study.effect_lines import OUTCOMES, effect_table
    from worldstage.study.relations import series

    table, notes = effect_table(case, series(case))
    assert not notes
    assert table.shock == (case.settings.shocks[0].name, SHOCK)
    assert len(table.lines) == 2 * len(OUTCOMES)
    moved = {(line.partner, line.outcome) for line in table.lines if line.verdict == "rose"}
    assert {(None, "all"), ("FRA", "all")} <= moved
    assert "folded" in table.counted


def test_a_default_question_asks_for_two_horizons(case):
    found = case.effect(partner="FRA", full=False)
    assert [h.periods for h in found.horizons] == [12, 6]
    assert found.parameters["shorter"] == 6
    alone = case.effect(partner="FRA", after=12, full=False)
    assert [h.periods for h in alone.horizons] == [12]
    assert found.p >= 1 / 21 > 0.047
