"""The command line as a user meets it: output on stdout, talk on stderr, exit codes, clear messages."""

import csv
import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from worldstage.cli.main import VERBS
from worldstage.study import Case

REPORT = """# Ministers meet in Vienna

Demonstration Wire · 14 November 2015 · Written for demonstration

VIENNA — The foreign ministers of Russia and France met in Vienna on Saturday. Turkey accused Russia of bombing
villages near the border. Russian warplanes bombed Islamic State positions near Raqqa, killing at least 12 people.

"We will never accept this," French Foreign Minister Laurent Fabius said. A poll found that 58 percent of Russians
approve of the strikes.
"""
LATER = (
    REPORT.replace("14 November", "21 November")
    .replace("on Saturday", "on Friday")
    .replace("at least 12", "at least 20")
)


def worldstage(*arguments, cwd=None, **more):
    return subprocess.run(
        [sys.executable, "-m", "worldstage", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=120,
        **more,
    )


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """A small case, read and coded once for the module."""
    folder = tmp_path_factory.mktemp("case")
    assert worldstage("init", folder / "c", "--focus", "Russia", "--question", "What now?").returncode == 0
    settings = folder / "c" / "case.toml"
    settings.write_text(
        settings.read_text()
        + '\nwindow = {from = 2015-10-01, to = 2015-12-31}\n[[shocks]]\nname = "The shock"\ndate = 2015-11-16\n'
    )
    reports = folder / "reports"
    reports.mkdir()
    (reports / "one.md").write_text(REPORT)
    (reports / "two.md").write_text(LATER)
    added = worldstage("-C", folder / "c", "add", reports)
    assert added.returncode == 0, added.stderr
    coded = worldstage("-C", folder / "c", "code")
    assert coded.returncode == 0, coded.stderr
    return folder / "c"


def test_help_lists_every_verb_and_is_quick():
    fastest = min(_seconds("--help") for _ in range(3))
    out = worldstage("--help").stdout
    assert all(verb in out for verb in VERBS)
    # The interpreter alone takes a part of this; the limit of the design is 0.3 s.
    assert fastest < 0.3 + _startup()


def _seconds(*arguments):
    began = time.perf_counter()
    worldstage(*arguments)
    return time.perf_counter() - began


def _startup():
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - began


def test_help_imports_nothing_heavy():
    code = "import sys; from worldstage.cli.main import run; run(['--help']); "
    code += "print([m for m in ('spacy','pandas','scipy','pyarrow','duckdb','altair') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.splitlines()[-1]
        == "[]"
    )


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb):
    done = worldstage(verb, "--help")
    assert done.returncode == 0
    assert "Usage:" in done.stdout


def test_events_of_the_case(case):
    records = [json.loads(line) for line in worldstage("-C", case, "events", "--format", "jsonl").stdout.splitlines()]
    assert {(r["type"], r["actors"][0]["code"]) for r in records} >= {
        ("CONSULT", "RUS"),
        ("ACCUSE", "TUR"),
        ("ASSAULT", "RUS"),
    }
    strike = next(r for r in records if r["type"] == "ASSAULT")
    assert strike["recipients"][0]["code"] == "ISIS"
    assert strike["deaths"]["low"] in (12, 20)


def test_filters_take_names(case):
    rows = list(
        csv.DictReader(io.StringIO(worldstage("-C", case, "events", "--between", "Turkey", "Moscow", "--csv").stdout))
    )
    assert rows
    assert {r["type"] for r in rows} == {"ACCUSE"}
    assert worldstage("-C", case, "events", "--from", "2016-01-01").stderr.strip() == "0 events."


def test_adding_and_coding_twice_changes_nothing(case):
    before = worldstage("-C", case, "events", "--status", "any", "--json").stdout
    assert "Added 0 documents; 2 were there already" in worldstage("-C", case, "add", case.parent / "reports").stderr
    assert "Coded 0 documents" in worldstage("-C", case, "code").stderr
    assert worldstage("-C", case, "events", "--status", "any", "--json").stdout == before


def test_relations_say_too_few(case):
    done = worldstage("-C", case, "relations", "--json")
    assert done.returncode == 0, done.stderr
    out = json.loads(done.stdout)
    assert out["parameters"]["shock"] == "2015-11-16"
    assert "too few to tell" in out["text"]


def test_info_and_actors(case):
    info = json.loads(worldstage("-C", case, "info", "--json").stdout)
    assert info["focus"] == "RUS"
    assert info["counts"]["documents"] == 2
    assert [r["command"] for r in info["runs"]][:2] == ["add", "code"]
    names = {r["name"]: r["code"] for r in json.loads(worldstage("-C", case, "actors", "--json").stdout)}
    assert names["Turkey"] == "TUR"
    explained = json.loads(worldstage("-C", case, "actors", "Georgia", "--json").stdout)
    assert explained["code"] == "GEO"
    assert "region" in {c["kind"] for c in explained["candidates"]}


def test_dossier_is_one_file(case):
    done = worldstage("-C", case, "dossier")
    assert done.returncode == 0, done.stderr
    html = Path(done.stdout.strip()).read_text(encoding="utf-8")
    assert "What now?" in html
    assert "<script" not in html.lower()


def test_code_without_a_case(tmp_path):
    (tmp_path / "a.txt").write_text("Turkish jets bombed Kurdish rebels in northern Iraq on Tuesday.\n")
    done = worldstage("code", "a.txt", "--published", "2015-11-18", "--format", "jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (event,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert event["date"] == "2015-11-17"
    assert event["evidence"][0]["text"].startswith("Turkish jets")
    assert (event["type"], event["actors"][0]["code"]) == ("ASSAULT", "TUR")


def test_statements_and_figures_without_a_case(tmp_path):
    (tmp_path / "a.md").write_text(REPORT)
    (statement,) = [
        s
        for s in map(json.loads, worldstage("code", "a.md", "--statements", cwd=tmp_path).stdout.splitlines())
        if s["quoted"]
    ]
    assert statement["text"].rstrip(",") == "We will never accept this"
    assert statement["speaker"]["code"] == "FRA"
    figures = [json.loads(line) for line in worldstage("code", "a.md", "--figures", cwd=tmp_path).stdout.splitlines()]
    assert [f["value"] for f in figures if f["unit"] == "percent"] == [58]


def test_standard_input(tmp_path):
    done = worldstage(
        "code",
        "-",
        "--published",
        "2015-11-18",
        cwd=tmp_path,
        input="France recalled its ambassador from Australia on Friday.",
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[0])["actors"][0]["code"] == "FRA"


def test_a_bad_file_is_skipped_with_its_reason(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "good.txt").write_text("Turkish jets bombed Kurdish rebels in northern Iraq on Tuesday.\n")
    done = worldstage("code", "empty.txt", "good.txt", "missing.txt", "--published", "2015-11-18", cwd=tmp_path)
    assert done.returncode == 3
    assert "empty.txt" in done.stderr
    assert "missing.txt" in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_classify_keeps_rows_order_and_columns(tmp_path):
    rows = [
        "id\tsentence\tactor\trecipient",
        '1\tTurkey "bombed" Syria.\tTurkey\tSyria',
        "2\tFrance praised Egypt.\tFrance\tEgypt",
        "3\t\t\t",
    ]
    (tmp_path / "p.tsv").write_text("\n".join(rows) + "\n")
    done = worldstage("classify", "--input", "p.tsv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert lines[0] == ["id", "sentence", "actor", "recipient", "type", "p_event", "mode", "status", "confidence"]
    assert [line[0] for line in lines[1:]] == ["1", "2", "3"]
    assert [line[4] for line in lines[1:3]] == ["ASSAULT", "SUPPORT"]
    assert lines[1][1] == 'Turkey "bombed" Syria.'
    assert all(line[4] for line in lines[1:])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["events", "--actor", "Rusia"], "Russia"),
        (["events", "--type", "ASAULT"], "ASSAULT"),
        (["events", "--from", "soon"], "YYYY-MM-DD"),
        (["events", "--from", "2015-02-01", "--to", "2015-01-01"], "before --from"),
        (["relations", "--shock", "1999-01-01"], "outside the window"),
        (["relations", "--between", "Turkey", "Nowhereland"], "Unknown actor"),
        (["code", "--statements"], "need FILES"),
        (["evnts"], "events"),
        (["events", "--status", "done"], "occurred"),
    ],
)
def test_bad_input_is_one_message(case, arguments, message):
    done = worldstage("-C", case, *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("arguments", [["events"], ["code"], ["dossier"], ["info"], ["relations"], ["add", "x.txt"]])
def test_without_a_case_it_says_how_to_make_one(tmp_path, arguments):
    done = worldstage(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "worldstage init" in done.stderr


def test_an_empty_case(tmp_path):
    worldstage("init", tmp_path / "c")
    assert worldstage("-C", tmp_path / "c", "events").returncode == 0
    for verb, message in (("dossier", "no documents"), ("relations", "names no shock")):
        done = worldstage("-C", tmp_path / "c", verb)
        assert done.returncode == 2
        assert message in done.stderr


def test_init_takes_the_shock(tmp_path):
    assert worldstage("init", tmp_path / "c", "--shock", "2016-07-15").returncode == 0
    assert Case(tmp_path / "c").settings.shocks[0].date.isoformat() == "2016-07-15"


def test_init_does_not_overwrite(tmp_path):
    worldstage("init", tmp_path / "c", "--question", "first")
    done = worldstage("init", tmp_path / "c", "--question", "second")
    assert done.returncode == 2
    assert "first" in (tmp_path / "c" / "case.toml").read_text()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("unit = 'year'", "day, week, month"),
        ("focs = 'RUS'", "'focus'"),
        ("question = 3", "quotation marks"),
        ("window = {from = 2015-02-01, to = 2015-01-01}", "before it begins"),
        ("[[shocks]]\nname = 'x'", "date"),
        ("= 3", "no valid TOML"),
    ],
)
def test_a_wrong_case_toml_says_what_is_allowed(tmp_path, line, message):
    worldstage("init", tmp_path / "c")
    (tmp_path / "c" / "case.toml").write_text(line + "\n")
    done = worldstage("-C", tmp_path / "c", "info")
    assert done.returncode == 2
    assert message in done.stderr


def test_remove_by_source_and_unknown(tmp_path):
    worldstage("init", tmp_path / "c")
    (tmp_path / "a.md").write_text(REPORT)
    worldstage("-C", tmp_path / "c", "add", tmp_path / "a.md")
    done = worldstage("-C", tmp_path / "c", "remove", "a.md", "zzz")
    assert done.returncode == 3
    assert "Removed 1 document" in done.stderr
    assert "'zzz'" in done.stderr
