"""Reading tables of actors: the four layouts, and what is said of a table that is wrong."""

import re

import numpy as np
import pytest
from tests.strategy.tables import emission

from worldstage.core.errors import InputError
from worldstage.strategy.tables import read_table

PLAIN = "actor,capability,position,salience\nA,1,10,0.8\nB,2,50,0.5\nC,0.5,90,0.3\n"
WIDE = "actor,influence,Oil position,Oil salience,Gas position,Gas salience\nA,10,20,30,40,50\nB,5,70,20,10,80\n"
OWN = (
    "A scenario,id 7; two issues,2,2,\n"
    "Actor,Description,Power,Oil,Sal,Gas,Sal,\n"
    "A,the first; of two,10,20,30,40,50,\n"
    "B,,5,70,20,10,80,\n"
)
LONG = (
    "actor,issue,position,salience,power\n"
    "A,oil,20,0.3,10\nA,gas,40,0.5,10\nB,oil,70,0.2,5\nB,gas,10,0.8,5\nC,gas,90,0.1,1\n"
)


@pytest.fixture
def read(tmp_path):
    """Read a table from text or bytes."""

    def reading(content, **options):
        file = tmp_path / "table.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(file, **options)

    return reading


def test_plain(read):
    table = read(PLAIN)
    assert table.actors == ("A", "B", "C")
    assert table.issues == ("position",)
    assert table.capability.tolist() == [1, 2, 0.5]
    assert table.position[:, 0].tolist() == [10, 50, 90]
    assert table.salience[:, 0].tolist() == [0.8, 0.5, 0.3]
    assert table.line == (0, 100)
    assert not table.ranges
    assert not table.warnings


def test_columns_in_any_order_under_their_usual_names(read):
    table = read("Salience,Power,Name,note,Position\n0.8,1,A,x,10\n0.5,2,B,y,50\n")
    assert table.actors == ("A", "B")
    assert table.capability.tolist() == [1, 2]


@pytest.mark.parametrize("content", [WIDE, OWN])
def test_percentages_of_ktab(read, content):
    table = read(content)
    assert table.issues in {("Oil", "Gas")}
    assert table.capability.tolist() == [10, 5]
    assert table.position.tolist() == [[20, 40], [70, 10]]
    assert np.allclose(table.salience, [[0.3, 0.5], [0.2, 0.8]])


def test_wide_shares_are_noted(read):
    table = read("actor,influence,X position,X salience\nA,1,10,0.8\nB,2,50,1\n")
    assert table.salience[:, 0].tolist() == [0.8, 1]
    assert "shares of 1" in table.warnings[0]


def test_long_with_an_actor_who_takes_no_part(read):
    table = read(LONG)
    assert table.issues == ("oil", "gas")
    assert table.capability.tolist() == [10, 5, 1]
    assert np.isnan(table.position[2, 0])
    assert table.salience[2].tolist() == [0, 0.1]


def test_ranges(read):
    table = read(
        "actor,capability,position,salience,position_low,position_high,salience_low\n"
        "A,1,10,0.8,5,30,0.5\nB,2,50,0.5,,,\nC,1,80,0.5,70,,0.4\n"
    )
    low, high = table.ranges["position"]
    assert low[:, 0].tolist() == [5, 50, 70]
    assert high[:, 0].tolist() == [30, 50, 80]
    assert table.ranges["salience"][0][:, 0].tolist() == [0.5, 0.5, 0.4]
    assert "capability" not in table.ranges


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace(",", ";").replace("0.", "0,").encode(),
        ("\n" + PLAIN.replace("\n", "\n\n") + "   \n").encode(),
        PLAIN.replace(",", " , ").encode(),
    ],
)
def test_dialects_and_encodings(read, content):
    table, plain = read(content), read(PLAIN)
    assert table.actors == plain.actors
    assert np.array_equal(table.salience, plain.salience)


def test_windows_1252_is_noted(read):
    table = read(PLAIN.replace("A,", "Österreich,").encode("cp1252"))
    assert table.actors[0] == "Österreich"
    assert "Windows-1252" in table.warnings[0]


def test_percent_and_line(read):
    content = "actor,capability,position,salience\nA,1,4,80\nB,2,10,50\n"
    table = read(content, percent=True, line=(4, 10))
    assert table.salience[:, 0].tolist() == [0.8, 0.5]
    assert table.line == (4, 10)


def test_positions_beyond_0_to_100_stretch_the_line(read):
    table = read("actor,capability,position,salience\nA,1,-20,0.8\nB,2,150,0.5\n")
    assert table.line == (-20, 150)
    assert "-20 to 150" in table.warnings[0]


def test_who_has_no_weight_does_not_stretch_the_line(read):
    assert read(PLAIN + "D,0,400,0.5\n").line == (0, 100)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (PLAIN.replace("0.8", "80"), r"line 2: salience 80 of A\.\n.*0 to 1\.\n.*--percent"),
        (PLAIN.replace("0.8", "-0.1"), r"line 2: salience -0.1 of A"),
        (WIDE.replace("80", "90"), "line 3: the saliences of B add up to 110"),
        (WIDE.replace("80", "-5"), "line 3: salience -5 of B"),
        (PLAIN.split("B")[0], "one actor cannot bargain alone"),
        (PLAIN.replace("50", "10").replace("90", "10"), "all actors stand at one position"),
        ("actor,capability,position,salience\nA,0,10,0.8\nB,2,50,0\n", "no actor has both"),
        (PLAIN.replace("50", ""), "line 3: B has no position"),
        (PLAIN.replace(",0.5\n", "\n"), "line 3: B has no salience"),
        (PLAIN.replace("B,", ","), "line 3: no actor"),
        (PLAIN.replace("B,", "A,"), "lines 2 and 3: A stands twice"),
        (LONG + "A,oil,20,0.3,10\n", "lines 2 and 7: A stands twice for oil"),
        (LONG.replace("A,gas,40,0.5,10", "A,gas,40,0.5,11"), "A has several capabilities"),
        (LONG.replace("A,oil", "A,"), "line 2: no issue"),
        (WIDE.replace("Gas", "Oil"), "2 columns are called 'Oil position'"),
        (OWN.replace("Gas", "Oil"), "2 columns are called 'Oil'"),
        (OWN.replace(",2,2,", ",3,2,"), "announces 2 issues and 3 actors; there are 2 issues and 2 actors"),
        (WIDE.replace("Gas salience", "Gas weight"), "'Gas position' belongs to no issue"),
        (PLAIN.replace("50", "fifty"), "line 3, column 'position': 'fifty' is not a number"),
        (PLAIN.replace("50", "5_0"), "'5_0' is not a number"),
        (PLAIN.replace("50", "nan"), "'nan' is not a number"),
        (PLAIN.replace("50", "inf"), "'inf' is not a number"),
        (PLAIN.replace("B,2", "B,-2"), "line 3: capability -2 of B"),
        (PLAIN.replace("B,2", "B,2,000"), "line 3: 5 cells, the header has 4"),
        (PLAIN.replace("capability", "capabilty"), "no column for capability.*\n.*\n.*call 'capabilty' 'capability'"),
        ("actor,capability,position,salience\n", "a header but no rows"),
        ("", "is empty"),
        (b"\x00\x01PNG", "not a text file"),
        ('actor,capability,position,salience\n"A,1,10,0.8\n', "line"),
        (
            "actor,capability,position,salience,position_low,position_high\nA,1,10,0.8,20,30\nB,2,50,0.5,,\n",
            "position 10 of A is not between 20 and 30",
        ),
    ],
)
def test_wrong_tables(read, content, message):
    with pytest.raises(InputError) as error:
        read(content)
    assert re.search(message, str(error.value)), str(error.value)


def test_no_such_file(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(InputError, match="cannot be read"):
        read_table(tmp_path)


@pytest.mark.parametrize("line", [(5, 5), (9, 1), (0, float("inf"))])
def test_a_line_needs_two_ends(read, line):
    with pytest.raises(InputError, match="line from"):
        read(PLAIN, line=line)


def test_weight_and_idle_actors():
    table = emission()
    assert table.weight[0, 0] == pytest.approx(0.064)
    assert not table.idle.any()
