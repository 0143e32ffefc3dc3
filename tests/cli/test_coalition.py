"""`worldstage coalition`: JSON, CSV and text, and what it refuses."""

import csv
import io
import json

import click
import pytest
from click.testing import CliRunner

from worldstage.cli.coalition import command
from worldstage.core.errors import WorldstageError

SIZES = "actor,size\nA,3\nB,2\nC,1\nD,1\n"
SQUARE = ",A,B,C,D\nA,,1,-0.5,-1\nB,,,0.4,-1\nC,,,,0.5\nD,,,,\n"
EDGES = "from,to,sign\nA,B,+\nB,C,-\nC,A,+\nC,D,-\n"


@pytest.fixture
def run(tmp_path):
    for name, text in (("s", SIZES), ("p", SQUARE), ("e", EDGES)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")

    def call(*arguments):
        made = [str(tmp_path / a) if str(a).endswith(".csv") else str(a) for a in arguments]
        return CliRunner().invoke(command, made, catch_exceptions=True)

    return call


TABLES = ("--sizes", "s.csv", "--propensities", "p.csv")


def test_landscape_as_json(run):
    done = run(*TABLES, "--json")
    assert done.exit_code == 0, done.output
    data = json.loads(done.stdout)
    lowest = data["minima"][0]
    assert lowest["blocs"] == [["A", "B"], ["C", "D"]]
    assert lowest["energy"] == -11.4
    assert sum(m["basin"] for m in data["minima"]) == data["divisions"] == 8
    assert data["exhaustive"] is True
    assert data["stability"]["leavers"] == []
    assert {"kind", "actors", "value", "needed", "share", "effect", "flips"} == set(data["turning_points"][0])


def test_a_division_given_is_judged(run):
    data = json.loads(run(*TABLES, "--partition", "A,C|B,D", "--json").stdout)
    assert "C" in data["stability"]["leavers"]
    assert data["stability"]["blocs"] == [["A", "C"], ["B", "D"]]


def test_landscape_as_csv_and_text(run):
    rows = list(csv.DictReader(io.StringIO(run(*TABLES, "--neutrals", "--blocs", "2", "--csv").stdout)))
    assert {r["actor"] for r in rows} == set("ABCD")
    text = run(*TABLES).stdout
    assert "stable division" in text
    assert "A, B" in text
    assert "would change sides" in text
    searched = run(*TABLES, "--starts", "50", "--seed", "3")
    assert "50 random starts" in searched.stdout
    assert "Further minima may exist" in searched.stderr


def test_balance_as_json(run):
    data = json.loads(run("--edges", "e.csv", "--json").stdout)
    assert data["two"]["frustration"] == data["any"]["frustration"] == 1
    assert data["two"]["optimal"] is True
    assert data["any"]["bound"] == 1
    assert data["any"]["gap"] == 0
    assert len(data["two"]["blocs"]) == 2
    (tie,) = data["two"]["frustrated"]
    assert data["restore"]["two"] == [{"from": tie[0], "to": tie[1], "sign": tie[2], "change_to": -tie[2]}]
    assert data["triangles"] == {"all": 1, "balanced": 0}


def test_balance_as_csv_and_text(run):
    rows = list(csv.DictReader(io.StringIO(run("--edges", "e.csv", "--csv").stdout)))
    assert [r["actor"] for r in rows] == list("ABCD")
    assert {r["two"] for r in rows} == {"1", "2"}
    text = run("--edges", "e.csv").stdout
    assert "Two blocs: 1 tie goes against" in text
    assert "proved least" in text


@pytest.mark.parametrize("arguments", [(), ("--sizes", "s.csv"), (*TABLES, "--edges", "e.csv")])
def test_half_a_question_is_a_usage_error(run, arguments):
    done = run(*arguments)
    assert done.exit_code == click.UsageError.exit_code
    assert "Give either" in done.output


@pytest.mark.parametrize(
    "arguments",
    [("--sizes", "s.csv", "--propensities", "none.csv"), ("--edges", "s.csv"), (*TABLES, "--partition", "A|B")],
)
def test_bad_input_is_an_error_with_a_message(run, arguments):
    assert isinstance(run(*arguments).exception, WorldstageError)
