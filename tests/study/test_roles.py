"""`roles` on a case, as a method and as a command: windows, verdicts, attention, exposure, what is told to the user."""

import csv
import datetime as dt
import io
import json
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner
from tests.conftest import make_coding, make_document, make_event

from worldstage.cli.roles import command
from worldstage.core.errors import ConfigError, InputError, UnknownNameError, WindowError
from worldstage.core.records import Place, Range
from worldstage.study import Case
from worldstage.study.attention import attention
from worldstage.study.exposure import exposure
from worldstage.study.role_lines import main_threat, role_lines

SHOCK = dt.date(2015, 11, 13)
STATES = ("RUS", "FRA", "USA", "GBR", "CHN", "DEU", "TUR", "JPN")


def _armed(parties):
    return tuple(replace(p, sector="REB", country=None) if p.code == "ISIS" else p for p in parties)


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """Two years of events among eight states; after the shock France deals three times as much, and over Syria."""
    made = Case.init(tmp_path_factory.mktemp("case") / "c", focus="FRA", shock=SHOCK)
    rng = np.random.default_rng(5)
    document = make_document(published=dt.date(2015, 1, 1))
    events = []
    ukraine, syria = Place("Kyiv", "UKR", 50.4, 30.5), Place("Damascus", "SYR", 33.5, 36.3)
    for day in range(-640, 50):
        for i, a in enumerate(STATES):
            for b in STATES[i + 1 :]:
                rate = 0.06 * (4 if day >= 0 and "FRA" in (a, b) else 1)
                for _ in range(rng.poisson(rate)):
                    kind = rng.choice(["CONSULT", "SUPPORT", "ACCUSE"])
                    there = syria if rng.random() < (0.8 if day >= 0 else 0.2) else ukraine
                    date, more = SHOCK + dt.timedelta(days=day), {"place": there, "context": ("diplomatic",)}
                    events.append(make_event(document.id, str(kind), (a,), (b,), date, start=7 * len(events), **more))
    raqqa = Place("Raqqa", "SYR", 35.9, 39.0)
    attacks = (
        ("ISIS", "FRA", Place("Paris", "FRA", 48.9, 2.4), 130),
        ("ISIS", "RUS", Place("Sinai", "EGY", 29.5, 33.8), 224),
        ("RUS", "ISIS", raqqa, 0), ("FRA", "ISIS", raqqa, 0), ("USA", "ISIS", raqqa, 0),
        ("USA", "ISIS", Place("Mosul", "IRQ", 36.3, 43.1), 0),
    )  # fmt: skip
    for n, (who, hit, place, dead) in enumerate(attacks):
        deaths = Range(dead, None) if dead else None
        event = make_event(
            document.id, "ASSAULT", (who,), (hit,), SHOCK, start=10**5 + 7 * n, place=place, deaths=deaths
        )
        events.append(replace(event, actors=_armed(event.actors), recipients=_armed(event.recipients)))
    with made.store(write=True) as store:
        store.add_documents([document])
        store.save_codings([make_coding(document, *events)], "test 1")
    return made


def run(case, *arguments):
    return CliRunner().invoke(command, list(arguments), obj={"folder": str(case.folder)}, catch_exceptions=False)


def test_france_rises_in_windows_of_equal_length(case):
    found = case.roles()
    rows = {r["key"]: r for r in found.measures}
    assert found.days == 50
    assert found.verdict == "shifted"
    assert rows["share"]["verdict"] == "rose"
    assert rows["share"]["rank_after"] == 1
    assert rows["cooperation"]["verdict"] == "no clear change"
    assert (found.parameters["before_from"], found.parameters["after_to"]) == ("2015-09-24", "2016-01-01")
    assert found.text.startswith(f"France, 50 days before and after {SHOCK}")
    assert "Attention shifted; its conduct did not clearly." in found.text


def test_the_events_behind_it_can_be_looked_up(case):
    from worldstage.store import EventFilter

    ids = case.roles().moved["share"]
    seen = case.events(EventFilter(ids=tuple(ids)))
    assert len(seen) == len(ids) > 0
    assert all(e.date >= SHOCK for e in seen)


def test_another_state_shows_no_such_rise(case):
    rows = {r["key"]: r for r in case.roles(actor="Japan").measures}
    assert rows["events"]["verdict"] != "rose"


def test_an_actor_that_is_not_in_the_data(case):
    found = case.roles(actor="Lesotho")
    assert found.verdict == "actor not in the data"
    assert found.measures == ()
    assert "a lack of reporting" in found.warnings[0]
    done = run(case, "--actor", "Lesotho")
    assert done.exit_code == 0
    assert "not in the data" in done.stdout
    assert attention(case, actor="Lesotho").verdict == "actor not in the data"


def test_a_rare_actor_is_too_few_to_tell(case):
    found = case.roles(actor="ISIS")
    assert found.verdict == "too few to tell"
    assert found.blocs == {"before": None, "after": None}


def test_a_shorter_window_and_fewer_days(case):
    assert case.roles(window=21, draws=50).days == 21
    short = case.roles(first=SHOCK - dt.timedelta(days=30), draws=50)
    assert short.days == 30
    assert {r["reference"] for r in short.measures} <= {"other actors", "none"}


def test_what_cannot_be_asked(case, tmp_path):
    with pytest.raises(UnknownNameError):
        case.roles(actor="Narnia")
    with pytest.raises(WindowError):
        case.roles(shock=dt.date(2031, 1, 1))
    empty = Case.init(tmp_path / "empty", focus="FRA", shock=SHOCK)
    with pytest.raises(WindowError):
        empty.roles()
    with pytest.raises(WindowError):
        attention(empty)
    with pytest.raises(ConfigError):
        Case.init(tmp_path / "no", shock=SHOCK).roles()


def test_attention_moves_from_ukraine_to_syria(case):
    found = attention(case)
    by = {m.by: m for m in found.mixes}
    assert by["place"].verdict == "moved"
    assert "from Ukraine" in by["place"].text
    assert "to Syria" in by["place"].text
    assert by["issue"].verdict in ("no clear change", "too few to tell")
    assert found.verdict == "moved"


def test_exposure_to_a_group(case):
    found = exposure(case, threat="Islamic State")
    rows = {r["code"]: r for r in found.table.rows}
    assert found.table.rows[0]["code"] == "RUS" or found.table.rows[0]["deaths"] == 224
    assert (rows["FRA"]["soil"], rows["FRA"]["deaths"]) == (1, 130)
    assert (rows["RUS"]["soil"], rows["RUS"]["abroad"]) == (0, 1)
    assert rows["EGY"]["soil"] == 1
    assert rows["SYR"]["contiguity"] == "host"
    assert rows["TUR"]["contiguity"] == "neighbour"
    assert "where it was attacked" in found.text
    given = exposure(case, threat="ISIS", at=("Mosul",), limit=None)
    assert {r["code"]: r for r in given.table.rows}["IRQ"]["contiguity"] == "host"
    assert len(given.table.rows) > 150


def test_exposure_that_cannot_be_told(case):
    with pytest.raises(InputError):
        exposure(case, threat="ISIS", at=("Nowhere at all",))
    with pytest.raises(ConfigError):
        exposure(case, threat="NATO")
    before = exposure(case, threat="ISIS", at=("Syria",), last=dt.date(2015, 1, 1))
    assert not any(r["attacks"] for r in before.table.rows)
    assert "between these days" in before.warnings[0]


def test_the_command(case):
    told = json.loads(run(case, "--json").stdout)
    assert {"actor", "shock", "verdict", "text", "days", "measures", "partners", "blocs", "moved", "warnings"} <= set(
        told
    )
    assert told["measures"][0]["key"] == "events"
    rows = list(csv.DictReader(io.StringIO(run(case, "--csv").stdout)))
    assert [r["key"] for r in rows][:2] == ["events", "share"]
    plain = run(case)
    assert told["text"] in plain.stdout.replace("\n", " ")
    assert "Note:" in plain.stderr


def test_the_command_for_attention_and_exposure(case):
    assert json.loads(run(case, "--attention", "--json").stdout)["mixes"][1]["by"] == "place"
    assert "by,part" in run(case, "--attention", "--csv").stdout
    assert "from Ukraine" in run(case, "--attention").stdout
    assert json.loads(run(case, "--exposure", "--threat", "ISIS", "--json").stdout)["rows"]
    assert "Islamic State stands" in run(case, "--exposure", "--threat", "ISIS").stdout
    assert run(case, "--exposure", "--threat", "ISIS", "--csv").stdout.startswith("state,attacks")


@pytest.mark.parametrize(
    "arguments", [("--exposure",), ("--threat", "ISIS"), ("--exposure", "--attention"), ("--window", "3")]
)
def test_wrong_usage(case, arguments):
    assert run(case, *arguments).exit_code == 2


def test_the_lines_of_the_dossier(case):
    made, about, exposed, warnings = role_lines(case)
    assert [m.verdict for m in made] == ["shifted"]
    assert about[0].mixtures[1].by == "place"
    assert main_threat(case) == "ISIS"
    assert exposed[0].parameters["threat"] == "ISIS"
    assert warnings == []
