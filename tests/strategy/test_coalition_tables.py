"""Tables of coalitions: what is read, what is assumed and said, what is refused."""

import numpy as np
import pytest

from worldstage.core.errors import InputError, WorldstageError
from worldstage.strategy.coalition_tables import (
    CoalitionTable,
    parse_blocs,
    read_edges,
    read_table,
    signed_edges,
)

SIZES = "actor,size\nA,2\nB,1\nC,0.5\n"


@pytest.fixture
def files(tmp_path):
    def write(sizes, square):
        (tmp_path / "s.csv").write_text(sizes, encoding="utf-8")
        (tmp_path / "p.csv").write_text(square, encoding="utf-8")
        return tmp_path / "s.csv", tmp_path / "p.csv"

    return write


def test_a_triangle_is_mirrored_in_whatever_order_and_with_semicolons(files):
    table = read_table(*files(SIZES, "\ufeff;C;A;B\nA;0.5;;-1\nB;2;;\n"))
    assert table.names == ("A", "B", "C")
    assert table.propensities.tolist() == [[0, -1, 0.5], [-1, 0, 2], [0.5, 2, 0]]
    assert table.warnings == ()


def test_a_cell_blank_on_both_sides_is_0_with_a_warning(files):
    table = read_table(*files(SIZES, ",A,B,C\nA,,1,\nB,1,,2\nC,,2,\n"))
    assert table.propensities[0, 2] == table.propensities[2, 0] == 0
    assert len(table.warnings) == 1
    assert "A–C" in table.warnings[0]
    assert "taken as 0" in table.warnings[0]


def test_uneven_propensities_stand_as_given_with_a_warning(files):
    table = read_table(*files(SIZES, ",A,B,C\nA,9,1,0\nB,-1,9,0\nC,0,0,9\n"))
    assert table.propensities[0, 1] == 1
    assert table.propensities[1, 0] == -1
    assert "A–B" in table.warnings[0]
    assert table.weights()[0, 1] == 0
    assert np.diag(table.weights()).tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("sizes", "square", "said"),
    [
        ("actor,size\nA,1\n", ",A\nA,\n", "two actors; 1"),
        ("actor,size\n", ",A\nA,\n", "no row and no column|two actors|Unknown actor"),
        ("", ",A\nA,\n", "is empty"),
        ("actor\nA\n", ",A\nA,\n", "lacks the column size"),
        ("actor,size\nA,x\nB,1\n", ",A,B\nA,,1\n", "line 2: the size of A is no number: 'x'"),
        ("actor,size\nA,\nB,1\n", ",A,B\nA,,1\n", "A has no size"),
        ("actor,size\nA,-1\nB,1\n", ",A,B\nA,,1\n", "negative"),
        ("actor,size\nA,inf\nB,1\n", ",A,B\nA,,1\n", "not finite"),
        ("actor,size\nA,1\nA,1\n", ",A,B\nA,,1\n", "line 3: A stands twice"),
        ("actor,size\n,1\nA,1\n", ",A,B\nA,,1\n", "no actor is named"),
        (SIZES, "", "is empty"),
        (SIZES, ",A,B\nA,,1\nB,1,\n", "no row and no column for C"),
        (SIZES, ",A,B,D\nA,,1,1\n", "Unknown actor .*'D'"),
        (SIZES, ",A,B,C\nA,,1,1\nX,1,,1\n", "line 3.*'X'"),
        (SIZES, ",A,B,C\nA,,1,1\nA,1,,1\n", "line 3: A stands twice"),
        (SIZES, ",A,B,B\nA,,1,1\n", "header: B stands twice"),
        (SIZES, ",A,B,C\nA,,much,1\n", "line 2: the propensity of A for B is no number: 'much'"),
        (SIZES, ",A,B,C\nA,,1,1,7\n", "more cells"),
    ],
)
def test_what_cannot_be_is_refused_and_says_where(files, sizes, square, said):
    with pytest.raises(WorldstageError, match=said):
        read_table(*files(sizes, square))


def test_a_missing_or_binary_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_edges(tmp_path / "none.csv")
    (tmp_path / "b.csv").write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(InputError, match="not UTF-8"):
        read_edges(tmp_path / "b.csv")


def test_arrays_are_checked_too():
    with pytest.raises(InputError, match="shape"):
        CoalitionTable(("A", "B"), np.ones(3), np.zeros((2, 2)))
    with pytest.raises(InputError, match="finite"):
        CoalitionTable(("A", "B"), np.ones(2), np.full((2, 2), np.nan))
    with pytest.raises(InputError, match="size of B"):
        CoalitionTable(("A", "B"), np.array([1.0, -1.0]), np.zeros((2, 2)))


def test_edges_with_all_ways_to_write_a_sign(tmp_path):
    path = tmp_path / "e.csv"
    path.write_text("Sign,from,to,year\n+,A,B,1\n-1,B,C,2\nPositive,C,D,3\nnegative,D,A,4\n−,A,C,5\n", encoding="utf-8")
    edges = read_edges(path)
    assert edges.names == ("A", "B", "C", "D")
    assert edges.ends.tolist() == [[0, 1], [1, 2], [2, 3], [3, 0], [0, 2]]
    assert edges.signs.tolist() == [1, -1, 1, -1, -1]


def test_selves_and_doubles_are_dropped_with_a_warning():
    edges = signed_edges([("A", "A", -1), ("A", "B", 1), ("B", "A", 1), ("B", "C", -1)])
    assert edges.ends.tolist() == [[0, 1], [1, 2]]
    assert any("itself" in w for w in edges.warnings)
    assert any("more than once" in w for w in edges.warnings)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("from,to,sign\nA,B,+\nB,A,-\n", "lines 2 and 3: B and A are tied with both signs|both signs"),
        ("from,to,sign\nA,B,2\n", "line 2: '2' is no sign"),
        ("from,to,sign\nA,,+\n", "no name"),
        ("from,to,sign\nA,A,+\n", "no edge between two actors"),
        ("from,to,sign\n", "no edge"),
        ("a,b\nA,B\n", "lacks the columns from, to, sign"),
    ],
)
def test_edges_that_cannot_be_are_refused(tmp_path, text, said):
    (tmp_path / "e.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_edges(tmp_path / "e.csv")


def test_blocs_written_in_one_line():
    assert parse_blocs("A, C | B", ("A", "B", "C")) == (("A", "C"), ("B",))
    for text, said in (("A|B", "leaves out C"), ("A,B|C,A", "stands twice"), ("A,B|X", "Unknown actor")):
        with pytest.raises(WorldstageError, match=said):
            parse_blocs(text, ("A", "B", "C"))
