"""From documents to positions, tables and stakes: a made-up quarrel over a dam, coded by the shipped coder."""

import csv
import datetime as dt
import io
import json

import pytest
from click.testing import CliRunner

from worldstage.cli import bargain, positions, stakes
from worldstage.core.errors import ConfigError, UnknownNameError
from worldstage.strategy.tables import read_table
from worldstage.study import Case
from worldstage.study.bargaining import case_table
from worldstage.study.dossier import gather

REPORTS = {
    "2020-05-11": "The Egyptian foreign minister said on Monday that the dam must be scrapped. "
    "Sudan's foreign minister said that the dam would have to be abandoned.",
    "2020-05-18": "Egypt insisted on Monday that the dam must be abandoned. Ethiopia vowed that the dam would be kept.",
    "2020-05-25": "Egypt demanded that the dam be dismantled, its foreign minister said. "
    "Ethiopia said on Monday that it would defend the dam.",
    "2020-06-08": "Egypt said on Monday that it would accept the dam. Ethiopia said that the dam would be kept.",
    "2020-06-15": "Egypt's foreign minister said on Monday that his country would support the dam. "
    "The weather in Cairo was hot.",
    "2020-06-22": "Egypt said on Monday that it would welcome the dam.",
}
TOML = """
question = "Who wants the dam?"
focus = "EGY"
[[shocks]]
name = "The summit"
date = 2020-06-01
[[issues]]
key = "dam"
question = "Does the dam stay?"
low = "The dam must be scrapped"
high = "The dam must be kept"
marks = {50 = "The dam is kept with a slower filling"}
[[issues]]
key = "opera"
question = "Is the opera house restored?"
low = "The opera house must be demolished; the opera house is scrapped"
high = "The opera house must be restored"
[[scenarios]]
name = "Sudan comes round"
[[scenarios.change]]
actor = "Sudan"
issue = "dam"
position = 90
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory, coder):
    place = tmp_path_factory.mktemp("dam") / "case"
    case = Case.init(place, focus="Egypt")
    (place / "case.toml").write_text(TOML, encoding="utf-8")
    for day, text in REPORTS.items():
        report = place / f"{day}.txt"
        report.write_text(text, encoding="utf-8")
        case.add([report], published=dt.date.fromisoformat(day))
    case.__dict__["coder"] = coder
    case.code()
    return place


@pytest.fixture
def case(folder, coder):
    (folder / "case.toml").write_text(TOML, encoding="utf-8")
    made = Case(folder)
    made.__dict__["coder"] = coder
    return made


def again(case, more, coder):
    (case.folder / "case.toml").write_text(TOML + more, encoding="utf-8")
    made = Case(case.folder)
    made.__dict__["coder"] = coder
    return made


def found_on(case, issue="dam"):
    from worldstage.study.positions import positions

    (found,) = positions(case, issue=issue)
    return found, {s.actor: s for s in found.standings}


def test_a_planted_move_is_read_from_the_sentences(case):
    found, by_actor = found_on(case)
    egypt = by_actor["EGY"]
    assert egypt.before.position.mode < 30
    assert egypt.now.position.mode > 70
    assert egypt.before.n >= 2
    assert egypt.now.n >= 2
    assert by_actor["ETH"].before.position.mode > 70
    assert by_actor["SDN"].now.source == "carried"
    told = [b.text for b in egypt.evidence]
    assert any("accept the dam" in t for t in told)
    assert not any("weather" in t for t in told)
    assert all(b.document and b.start is not None for b in egypt.evidence)
    assert any("count alike" in w for w in found.warnings)


def test_no_evidence_is_said(case):
    found, by_actor = found_on(case, "opera")
    assert by_actor == {}
    assert any("No evidence" in w for w in found.warnings)


def test_an_end_that_takes_no_side_is_said(case, coder):
    more = '[[issues]]\nkey = "sky"\nquestion = "Blue?"\nlow = "Grey"\nhigh = "The sky must be defended"\n'
    found, _ = found_on(again(case, more, coder), "sky")
    assert any("The low end of sky takes no side" in w for w in found.warnings)


def test_parties_leave_others_out_and_missing_ones_are_named(case, coder):
    text = TOML.replace('high = "The dam must be kept"', 'high = "The dam must be kept"\nparties = ["Egypt", "Chad"]')
    (case.folder / "case.toml").write_text(text, encoding="utf-8")
    made = Case(case.folder)
    made.__dict__["coder"] = coder
    found, by_actor = found_on(made)
    assert set(by_actor) == {"EGY"}
    assert any("Chad" in w for w in found.warnings)


def test_overrides_survive_re_coding(case, coder):
    given = "from = 2020-06-10\nposition = {low = 40, mode = 50, high = 60}\n"
    more = f'[[positions]]\nactor = "Egypt"\nissue = "dam"\n{given}'
    changed = again(case, more, coder)
    for _ in range(2):
        _, by_actor = found_on(changed)
        assert by_actor["EGY"].now.position.mode == 50
        assert by_actor["EGY"].before.source == "documents"
        changed.code(again=True)


def test_an_unknown_actor_in_the_settings_is_refused(case, coder):
    with pytest.raises(ConfigError, match=r"case\.toml"):
        found_on(again(case, '[[positions]]\nactor = "Egyptland"\nissue = "dam"\nposition = 3\n', coder))


def test_capabilities_come_from_a_table(case, coder):
    (case.folder / "power.csv").write_text("actor,capability,low,high\nEgypt,6,5,8\nEthiopia,3,,\n", encoding="utf-8")
    text = 'capabilities = "power.csv"\n' + TOML
    (case.folder / "case.toml").write_text(text, encoding="utf-8")
    made = Case(case.folder)
    made.__dict__["coder"] = coder
    found, by_actor = found_on(made)
    assert (by_actor["EGY"].capability["now"].mode, by_actor["EGY"].capability["now"].high) == (6, 8)
    assert by_actor["ETH"].capability["now"].low == 3
    assert not any("count alike" in w for w in found.warnings)
    (case.folder / "power.csv").write_text("actor,capability\nEgypt,strong\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="line 2"):
        found_on(made)


def test_unknown_issues_and_scenarios_name_the_nearest(case):
    with pytest.raises(ConfigError) as caught:
        found_on(case, "damm")
    assert "'dam'" in caught.value.expected
    with pytest.raises(UnknownNameError, match="scenario"):
        case_table(case, "dam", "yesterday")


def test_the_table_of_a_scenario(case):
    table = case_table(case, "dam", "Sudan comes round")
    row = dict(zip(table.actors, table.position[:, 0], strict=True))
    assert row["Sudan"] == 90
    assert set(row) >= {"Egypt", "Ethiopia", "Sudan"}


def run(command, case, *arguments):
    result = CliRunner().invoke(command, list(arguments), obj={"folder": str(case.folder)}, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def test_positions_on_the_command_line(case):
    shown = run(positions.command, case, "--issue", "dam", "--evidence").output
    assert "Does the dam stay?" in shown
    assert "accept the dam" in shown
    data = json.loads(run(positions.command, case, "--json").stdout)
    assert [d["issue"]["key"] for d in data] == ["dam", "opera"]
    assert {a["actor"] for a in data[0]["actors"]} >= {"EGY", "ETH"}


def test_the_plain_table_is_one_that_bargain_reads(case, tmp_path):
    text = run(positions.command, case, "--csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {r["issue"] for r in rows} == {"dam"}
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    table = read_table(path)
    assert set(table.actors) == {r["actor"] for r in rows}
    assert "position" in table.ranges


def test_bargain_on_an_issue_of_the_case(case):
    out = json.loads(run(bargain.command, case, "--issue", "dam", "--model", "mean", "--json").stdout)
    assert set(out["turns"][0]["positions"]) >= {"Egypt", "Ethiopia"}


def test_stakes_of_a_planted_concession(case):
    out = json.loads(run(stakes.command, case, "--json", "--draws", "400", "--adversary", "Chad").stdout)
    by_name = {s["name"]: s for s in out["stakes"]}
    assert by_name["Ethiopia"]["gain"] > 0 > by_name["Sudan"]["gain"]
    assert by_name["Ethiopia"]["top_winner"] > 0.5
    assert out["drivers"][0]["name"] == "Egypt"
    assert "Chad has no position of its own" in out["adversary"]
    assert any("23.2" in w for w in out["warnings"])
    assert any("Without opera" in w for w in out["warnings"])
    shown = run(stakes.command, case, "--between", "now", "Sudan comes round", "--draws", "100").output
    assert "From now to Sudan comes round" in shown


def test_the_same_seed_gives_the_same_stakes(case):
    one, two = (run(stakes.command, case, "--json", "--draws", "100", "--seed", "3").stdout for _ in range(2))
    assert one == two


def test_the_dossier_gathers_issues_and_stakes(case):
    content = gather(case)
    assert [i.key for i in content.issues] == ["dam", "opera"]
    assert [(s.first, s.second) for s in content.stakes] == [("before", "now"), ("now", "Sudan comes round")]


def invoked(case, command, monkeypatch, *arguments):
    monkeypatch.chdir(case.folder)
    return CliRunner().invoke(command, arguments, obj={"folder": None}, catch_exceptions=False)


def test_rhetoric_of_a_case(case, monkeypatch):
    from worldstage.study.rhetoric import rhetoric

    found = rhetoric(case)
    assert found.shock.name == "The summit"
    firm = {v.speaker: v for v in found.firmness.speakers}
    assert {"EGY", "ETH"} <= firm.keys()
    assert firm["EGY"].before.n + firm["EGY"].now.n == firm["EGY"].whole.n
    shown = invoked(case, positions.command, monkeypatch, "--rhetoric").stdout
    assert "Tone of verbal acts" in shown
    assert found.text.split(".")[0] in " ".join(shown.split())
    data = json.loads(invoked(case, positions.command, monkeypatch, "--rhetoric", "--json").stdout)
    assert {v["measure"] for v in data["voices"]} <= {"tone", "firmness"}
    assert data["text"] == found.text
    rows = list(
        csv.DictReader(io.StringIO(invoked(case, positions.command, monkeypatch, "--rhetoric", "--csv").stdout))
    )
    assert len(rows) == len(data["voices"])
    refused = CliRunner().invoke(positions.command, ["--rhetoric", "--evidence"])
    assert refused.exit_code == 2


def test_the_dossier_has_where_issues_end_and_how_actors_speak(case):
    from worldstage.dossier.book import Book
    from worldstage.dossier.sections import bargaining, rhetoric

    content = gather(case)
    assert [b.key for b in content.bargains] == ["dam"]
    assert "What drives the result: " in bargaining.render(Book(content))
    assert content.rhetoric is not None
    assert "Echoes" in rhetoric.render(Book(content))


def test_bargain_of_an_issue_draws_from_the_documents_and_agrees_with_stakes(case):
    from worldstage.strategy.distribution import LEVELS, distribution
    from worldstage.study.stakes import stakes as compare

    table = case_table(case, "dam")
    assert table.known
    middle = distribution(table, "mean", 4000).outcome[LEVELS.index(0.5), 0]
    done = compare(case, draws=4000)
    assert middle == pytest.approx(done.found.second["dam"].median, abs=2)


def test_coalition_of_a_case(case, monkeypatch):
    from worldstage.cli import coalition

    data = json.loads(invoked(case, coalition.command, monkeypatch, "--json", "--actors", "3").stdout)
    assert {"minima", "case", "balance"} <= data.keys()
    assert set(data["case"]["sizes"].values()) == {1.0}
    assert data["case"]["stretch"] == "now"
    pairs = {frozenset((p["a"], p["b"])): p for p in data["case"]["pairs"]}
    assert all(p["propensity"] is None or -1 <= p["propensity"] <= 1 for p in pairs.values())
    assert "Egypt" in data["actors"]
    shown = invoked(case, coalition.command, monkeypatch, "--stretch", "before")
    assert "The strongest propensities" in shown.stdout
    assert "all actors have the same size" in shown.stderr
    by_wishes = json.loads(invoked(case, coalition.command, monkeypatch, "--json", "--weight", "0").stdout)
    assert by_wishes["case"]["weight"] == 0
