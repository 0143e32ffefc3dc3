"""Review in the loop: verdicts hold, survive re-coding, can be taken back, and become training rows."""

import datetime as dt

import pytest
from click.testing import CliRunner

from worldstage.cli.main import root
from worldstage.coding.rows import parse
from worldstage.core.errors import ConfigError, UnknownNameError
from worldstage.store import EventFilter
from worldstage.study import Case
from worldstage.study.review import FIELDS

TEXT = (
    "The foreign ministers of Russia and France met in Vienna on Saturday. Turkey accused Russia of bombing villages. "
    "Russian warplanes bombed Islamic State positions near Raqqa, killing at least 12 people."
)
ANY = EventFilter(statuses=("any",))


@pytest.fixture
def case(tmp_path, coder):
    made = Case.init(tmp_path / "c", focus="Russia")
    report = tmp_path / "report.txt"
    report.write_text(TEXT)
    made.add([report], published=dt.date(2015, 11, 15))
    made.__dict__["coder"] = coder
    made.code()
    return made


def of_type(case, name):
    return next((d, e) for d, e in case.doubtful(ANY) if e.type == name)


def test_the_most_doubtful_come_first_and_judged_ones_are_gone(case):
    queue = case.doubtful(ANY)
    assert [e.confidence for _, e in queue] == sorted(e.confidence for _, e in queue)
    case.judge(*queue[0], "accept")
    assert [e.id for _, e in case.doubtful(ANY)] == [e.id for _, e in queue[1:]]


def test_a_rejected_event_is_gone_and_stays_gone_after_re_coding(case):
    document, event = of_type(case, "ACCUSE")
    case.judge(document, event, "reject")
    assert "ACCUSE" not in {e.type for e in case.events(ANY)}
    case.code(again=True)
    assert "ACCUSE" not in {e.type for e in case.events(ANY)}


def test_a_correction_holds_and_survives_re_coding(case):
    document, event = of_type(case, "ACCUSE")
    changes = {
        "type": "threaten",
        "mode": "violence",
        "status": "denied",
        "recipients": "Syria; RUS:MIL",
        "date": "2015-11-10",
    }
    case.judge(document, event, "accept", changes)
    for _ in range(2):
        (held,) = [e for e in case.events(ANY) if e.type == "THREATEN"]
        assert held.mode == ("violence",)
        assert held.status == "denied"
        assert [(a.code, a.sector) for a in held.recipients] == [("SYR", "GOV"), ("RUS", "MIL")]
        assert held.date == dt.date(2015, 11, 10)
        assert held.confidence == 1.0
        assert held.coder == "analyst"
        assert (held.quad, held.score) == ("verbal conflict", -3.5)
        case.code(again=True)


def test_undo_restores_what_the_coder_said(case):
    before = case.events(ANY)
    for verdict, changes in (("reject", None), ("accept", {"type": "AID"}), ("accept", None)):
        document, event = of_type(case, "ACCUSE")
        case.judge(document, event, verdict, changes)
        assert case.undo_review().verdict == ("correct" if changes else verdict)
        case.relink()
        assert case.events(ANY) == before
    assert case.undo_review() is None


def test_judging_twice_keeps_one_verdict_and_the_coders_own_words(case):
    document, event = of_type(case, "ACCUSE")
    held = case.judge(document, event, "accept", {"type": "AID"})
    case.judge(document, held, "accept", {"type": "REJECT"})
    (kept,) = case.verdicts()
    assert (kept.original.type, kept.corrected.type) == ("ACCUSE", "REJECT")


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "HUG"}, {"mode": "aerial"}, {"status": "perhaps"}, {"date": "2015-13-01"}, {"actors": "Atlantis"},
        {"actors": "KEN:XXX"}, {"colour": "red"}, {"actors": "", "recipients": ""},
    ],
)  # fmt: skip
def test_a_bad_change_is_refused_and_changes_nothing(case, changes):
    document, event = of_type(case, "ACCUSE")
    with pytest.raises((ConfigError, UnknownNameError)):
        case.judge(document, event, "accept", changes)
    assert case.verdicts() == []


def test_every_field_can_be_set(case):
    _, event = of_type(case, "ASSAULT")
    values = {
        "type": "COERCE",
        "mode": "seize",
        "status": "planned",
        "actors": "France",
        "recipients": "",
        "date": "",
        "place": "Kigali",
    }
    assert set(values) == set(FIELDS)
    done = case.corrected(event, values)
    assert (done.type, done.mode, done.status, done.date, done.place.country) == (
        "COERCE",
        ("seize",),
        "planned",
        None,
        "RWA",
    )
    assert done.recipients == ()


def test_verdicts_become_training_rows(case):
    case.judge(*of_type(case, "ACCUSE"), "accept", {"type": "REJECT"})
    case.judge(*of_type(case, "ASSAULT"), "reject")
    rows = {s.pairs[0].type: s for s in parse("\n".join(case.training_rows()))}
    assert set(rows) == {"REJECT", "NONE"}
    text, pair = rows["REJECT"].text, rows["REJECT"].pairs[0]
    assert text[slice(*pair.actors[0])] == "Turkey"
    assert text[slice(*pair.trigger)] == "accused"


def test_training_without_corrections_says_what_is_missing(case):
    with pytest.raises(ConfigError, match="nothing to learn from"):
        case.train()


def run(case, *arguments, **more):
    return CliRunner().invoke(root, ["-C", str(case.folder), "review", *arguments], obj={}, **more)


def test_the_dialogue_corrects_skips_undoes_and_ends(case):
    before = len(case.doubtful(ANY))
    done = run(case, input="?\nt\nHUG\nt\naid\na\nk\nx\nu\nq\n")
    assert done.exit_code == 0, done.output
    assert "Unknown event type 'HUG'" in done.output or "Unknown" in done.output
    (kept,) = case.verdicts()
    assert (kept.verdict, kept.corrected.type) == ("correct", "AID")
    assert len(case.doubtful(ANY)) == before - 1


def test_one_event_by_its_id_and_the_export(case, tmp_path):
    _, event = of_type(case, "ACCUSE")
    assert run(case, "--event", event.id[:8], "--set", "status=denied").exit_code == 0
    out = tmp_path / "rows.txt"
    assert run(case, "--export", str(out)).exit_code == 0
    assert "| ACCUSE" in out.read_text()
    assert "| denied |" in out.read_text()
    listed = run(case, "--list", "--csv")
    assert event.id not in listed.output
    assert run(case, "--undo").exit_code == 0
    assert event.id in run(case, "--list", "--csv").output


@pytest.mark.slow
def test_the_case_trains_its_own_coder_from_a_correction(case, monkeypatch):
    case.judge(*of_type(case, "ACCUSE"), "accept", {"type": "REJECT"})
    few = __import__("worldstage.coding.sentences", fromlist=["x"]).shipped_sentences()[:6]
    monkeypatch.setattr("worldstage.study.train.shipped_sentences", lambda: few)
    done = case.train()
    assert done.corrections == 1
    assert "case" in case.coder.version
    coded = case.code()
    assert coded.documents == 1
    assert "REJECT" in {e.type for e in case.events(ANY)}
    assert case.reset_coder()
    assert not case.reset_coder()
