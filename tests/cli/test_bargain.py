"""The verb `bargain`: what goes to standard output, and what is refused."""

import csv
import io
import json

import pytest
from click.testing import CliRunner
from tests.strategy.by_hand import EMISSION, EMISSION_MEANS

from worldstage.cli.bargain import command
from worldstage.core.errors import InputError, UnknownNameError
from worldstage.strategy.models import MODELS

KTAB = (
    "actor,influence,Oil position,Oil salience,Gas position,Gas salience\n"
    "A,10,20,30,40,50\nB,5,70,20,10,70\nC,8,90,40,80,30\nD,3,35,20,60,20\n"
)


@pytest.fixture
def emission(tmp_path):
    """The emission case as a file."""
    file = tmp_path / "emission.csv"
    rows = "".join(f"{','.join(map(str, row))}\n" for row in EMISSION)
    file.write_text("actor,capability,position,salience\n" + rows)
    return str(file)


@pytest.fixture
def ktab(tmp_path):
    """Four actors and two issues in KTAB's columns."""
    file = tmp_path / "ktab.csv"
    file.write_text(KTAB)
    return str(file)


def run(*arguments):
    """Run the verb; errors of the program come through."""
    return CliRunner().invoke(command, arguments, catch_exceptions=False)


@pytest.mark.parametrize("model", list(MODELS))
def test_json_has_the_stated_shape(ktab, model):
    result = run("--table", ktab, "--model", model, "--json")
    found = json.loads(result.stdout)
    assert list(found) == ["model", "parameters", "turns", "converged"]
    assert found["model"] == model
    assert found["converged"] in (True, False)
    assert found["turns"][0]["positions"] == {"A": [20, 40], "B": [70, 10], "C": [90, 80], "D": [35, 60]}
    assert all(list(t["positions"]) == ["A", "B", "C", "D"] for t in found["turns"])
    assert result.exit_code == 0


def test_the_spatial_model_gives_chances(ktab):
    turns = json.loads(run("--table", ktab, "--model", "smp", "--json").stdout)["turns"]
    assert all(sum(t["chances"].values()) >= 1 - 1e-9 for t in turns)
    assert "chances" not in json.loads(run("--table", ktab, "--model", "mean", "--json").stdout)["turns"][0]


def test_published_rounds(emission):
    found = json.loads(run("--table", emission, "--model", "challenge", "--json").stdout)
    assert [round(t["mean"][0], 3) for t in found["turns"]] == list(EMISSION_MEANS)
    assert found["turns"][1]["positions"]["Belgium"][0] == pytest.approx(8.415932315426764, abs=1e-9)
    assert found["parameters"]["variant"] == "published"
    assert not found["converged"]


def test_variant_and_turns(emission):
    found = json.loads(
        run("--table", emission, "--model", "challenge", "--variant", "repaired", "--turns", "4", "--json").stdout
    )
    assert len(found["turns"]) == 5
    assert found["converged"]


def test_csv_has_every_position_of_every_turn(ktab):
    result = run("--table", ktab, "--model", "smp", "--csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    turns = 1 + max(int(r["turn"]) for r in rows)
    assert len(rows) == turns * 4 * 2
    assert rows[0] == {"turn": "0", "actor": "A", "issue": "Oil", "position": "20.0"}


def test_text_tells_outcome_baselines_and_record(emission):
    result = run("--table", emission, "--model", "challenge", "--draws", "0")
    assert "Belgium moves from 7 to 8.416 and compromises with France" in result.stdout
    assert "Outcome 7.242; weighted mean of the input 7.39; middle of the line 50." in result.stdout
    assert "missed by 24.7 of 100 points on average, the weighted mean by 23.2" in result.stdout
    assert "… and 18 more moves" in result.stdout


def test_draws_add_distributions(emission):
    arguments = ("--table", emission, "--model", "challenge", "--draws", "40")
    found = json.loads(run(*arguments, "--json").stdout)
    assert list(found) == ["model", "parameters", "turns", "converged", "draws"]
    draws = found["draws"]
    assert draws["n"] == 40
    assert draws["seed"] == 0
    assert len(draws["positions"]["Belgium"][0]) == len(draws["levels"]) == 7
    assert set(draws["baselines"]) == {"mean", "median"}
    assert json.loads(run(*arguments, "--json").stdout) == found
    assert json.loads(run(*arguments, "--seed", "1", "--json").stdout)["draws"] != draws
    rows = list(csv.DictReader(io.StringIO(run(*arguments, "--csv").stdout)))
    assert rows[0]["what"] == "outcome"
    assert len(rows) == 3 + 10
    assert "40 draws, seed 0" in run(*arguments).stdout


def test_all_models_side_by_side(ktab):
    rows = list(csv.DictReader(io.StringIO(run("--table", ktab, "--csv").stdout)))
    assert {r["model"] for r in rows} == {*MODELS, "middle of the line"}
    assert "Outcomes by model" in run("--table", ktab, "--draws", "0").stdout
    assert json.loads(run("--table", ktab, "--json").stdout)["rows"]


def test_notes_go_to_standard_error(emission):
    result = run("--table", emission, "--model", "smp", "--json")
    assert "Note: Positions take up 6 of a line of 100" in result.stderr
    assert "Note" not in result.stdout
    quiet = run("--table", emission, "--model", "smp", "--line", "4", "10", "--json")
    assert not quiet.stderr


def test_text_draws_as_many_as_the_time_allows_and_says_how_to_repeat_them(emission, monkeypatch):
    monkeypatch.setattr("worldstage.strategy.pilot.SECONDS", 0.0)
    shown = run("--table", emission, "--model", "challenge").stdout
    assert "200 draws, seed 0" in shown
    assert "--draws 200 --seed 0 repeats them" in shown
    again = run("--table", emission, "--model", "challenge", "--draws", "200", "--seed", "0").stdout
    assert [line for line in shown.splitlines() if "outcome" in line] == [
        line for line in again.splitlines() if "outcome" in line
    ]
    assert "draws" not in run("--table", emission, "--model", "challenge", "--draws", "0").stdout


def test_side_by_side_with_ranges(ktab):
    rows = list(csv.DictReader(io.StringIO(run("--table", ktab, "--draws", "30", "--csv").stdout)))
    mean = next(r for r in rows if r["model"] == "mean")
    assert float(mean["low"]) < float(mean["mid"]) < float(mean["high"])
    assert mean["draws"] == "30"


def test_what_drives_the_result(ktab):
    arguments = ("--table", ktab, "--model", "mean", "--sensitivity")
    found = json.loads(run(*arguments, "--json").stdout)
    assert [s["issue"] for s in found["sensitivity"]] == ["Oil", "Gas"]
    assert found["sensitivity"][0]["text"].startswith("What drives the result: ")
    assert found["sensitivity"][0]["runs"] == found["sensitivity"][0]["base"] * (4 + 8 + 8 + 2)
    assert "draws" not in found
    rows = list(csv.DictReader(io.StringIO(run(*arguments, "--csv").stdout)))
    assert len(rows) == 2 * (4 + 8 + 8)
    shown = run(*arguments, "--draws", "0").stdout
    assert "shares of the outcome's variance" in shown
    assert run("--table", ktab, "--sensitivity", "--draws", "0").stdout == shown


def test_percent(tmp_path):
    file = tmp_path / "percent.csv"
    file.write_text("actor,capability,position,salience\nA,1,10,80\nB,2,50,50\n")
    assert json.loads(run("--table", str(file), "--model", "mean", "--percent", "--json").stdout)["converged"]
    with pytest.raises(InputError, match="--percent"):
        run("--table", str(file), "--model", "mean")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--table", "FILE", "--decisions", "FILE"),
        ("--decisions", "FILE", "--turns", "3"),
        ("--table", "FILE", "--turns", "5"),
        ("--table", "FILE", "--model", "mean", "--noise", "0.1", "--json"),
        ("--table", "FILE", "--model", "mean", "--noise", "0.1", "--draws", "0"),
        ("--table", "FILE", "--model", "mean", "--draws", "-1"),
        ("--decisions", "FILE", "--sensitivity"),
        ("--table", "FILE", "--model", "mean", "--noise", "3", "--draws", "3"),
    ],
)
def test_wrong_usage(emission, arguments):
    result = run(*(emission if a == "FILE" else a for a in arguments))
    assert result.exit_code == 2
    assert "Error:" in result.stderr


def test_wrong_requests(emission):
    with pytest.raises(UnknownNameError, match="model 'chalenge'"):
        run("--table", emission, "--model", "chalenge")
    with pytest.raises(InputError, match="mean takes no turns"):
        run("--table", emission, "--model", "mean", "--turns", "3")
    with pytest.raises(InputError, match="two issues"):
        run("--table", emission, "--model", "exchange")


def test_decisions_go_out_as_csv(monkeypatch, tmp_path):
    columns = ["prnr", "isnr", "forecast", "low80", "high80", "q05", "q10", "q25", "q50", "q75", "q90", "q95"]
    asked = []

    def forecast_file(path, model):
        asked.append((path, model))
        yield {c: k for k, c in enumerate(columns)}

    monkeypatch.setattr("worldstage.strategy.decisions.forecast_file", forecast_file)
    result = run("--decisions", "some.csv")
    assert result.stdout.splitlines() == [",".join(columns), ",".join(str(k) for k in range(12))]
    assert asked == [("some.csv", "ensemble")]
    run("--decisions", "some.csv", "--model", "mean")
    assert asked[1] == ("some.csv", "mean")
