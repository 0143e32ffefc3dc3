import os

import pytest

from worldstage.core.records import Skipped
from worldstage.reading import folder


def _names(items):
    return [item.source.rsplit("/", 1)[-1] + "!" if isinstance(item, Skipped) else item.name for item in items]


def test_files_come_sorted_and_hidden_ones_not_at_all(tmp_path):
    for name in ("b.txt", "a.md", ".hidden", "sub/c.txt", "sub/.git/config", "README.md", "LICENSE"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert _names(folder.files(tmp_path)) == ["LICENSE!", "README.md!", "a.md", "b.txt", "c.txt"]


def test_the_files_of_a_case_are_passed_over(tmp_path):
    for name in ("case.toml", "case.duckdb", "actors.csv", "dossier.html", "a.txt"):
        (tmp_path / name).write_text("x")
    assert _names(folder.files(tmp_path)) == ["a.txt"]


def test_links_in_a_circle_and_pipes_do_not_hold_up_the_walk(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "gone").symlink_to(tmp_path / "nothing")
    (tmp_path / "z.txt").write_text("x")
    assert _names(folder.files(tmp_path)) == ["gone!", "loop!", "pipe!", "z.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open everything")
def test_a_folder_that_cannot_be_opened_is_named(tmp_path):
    (tmp_path / "shut").mkdir(mode=0)
    assert _names(folder.files(tmp_path)) == ["shut!"]
