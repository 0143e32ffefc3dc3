"""A run that is killed leaves a sound store, and the same command goes on from there."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from worldstage.study import Case

REPORTS = Path(__file__).parents[2] / "examples" / "paris-2015" / "reports"


def command(case, *arguments):
    return [sys.executable, "-m", "worldstage", "-C", str(case), *map(str, arguments)]


def told(folder):
    """All that a case holds but for times and run numbers."""
    case = Case(folder)
    with case.store() as store:
        frames = {}
        for table in ("events", "event_actors", "evidence", "statements", "figures", "mentions"):
            rows = store.frame(table).collect().to_arrow().to_pylist()
            frames[table] = sorted(json.dumps(r, default=str, sort_keys=True) for r in rows)
        frames["documents"] = sorted((d.id, d.duplicate_of) for d in store.documents())
    return frames


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "case"
    Case.init(folder)
    subprocess.run(command(folder, "add", REPORTS), check=True, capture_output=True)
    subprocess.run(command(folder, "code"), check=True, capture_output=True)
    return told(folder)


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.4, 2.5, 4.0, 5.5])
def test_killing_code_and_starting_it_again_gives_the_same_store(tmp_path, undisturbed, seconds):
    folder = tmp_path / "case"
    Case.init(folder)
    subprocess.run(command(folder, "add", REPORTS), check=True, capture_output=True)
    run = subprocess.Popen(command(folder, "code"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    run.send_signal(signal.SIGKILL)
    run.wait()
    done = subprocess.run(command(folder, "code"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert told(folder) == undisturbed


@pytest.mark.slow
def test_killing_add_and_starting_it_again_gives_the_same_documents(tmp_path, undisturbed):
    folder = tmp_path / "case"
    Case.init(folder)
    run = subprocess.Popen(command(folder, "add", REPORTS), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.8)
    run.send_signal(signal.SIGKILL)
    run.wait()
    subprocess.run(command(folder, "add", REPORTS), check=True, capture_output=True)
    assert told(folder)["documents"] == undisturbed["documents"]


@pytest.mark.slow
def test_ctrl_c_is_recorded_and_exits_with_130(tmp_path):
    folder = tmp_path / "case"
    Case.init(folder)
    subprocess.run(command(folder, "add", REPORTS), check=True, capture_output=True)
    run = subprocess.Popen(
        command(folder, "code"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        # A shell starts what runs in its background deaf to interrupts, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    time.sleep(2.5)
    os.kill(run.pid, signal.SIGINT)
    _, talk = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "goes on from there" in talk
    with Case(folder).store() as store:
        assert store.runs()[-1]["outcome"] == "interrupted"


@pytest.mark.slow
def test_several_workers_give_the_same_store(tmp_path, undisturbed):
    folder = tmp_path / "case"
    Case.init(folder)
    subprocess.run(command(folder, "add", REPORTS), check=True, capture_output=True)
    subprocess.run(command(folder, "code", "--workers", 2), check=True, capture_output=True)
    assert told(folder) == undisturbed
