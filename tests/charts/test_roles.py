import re

import pytest

from worldstage.charts.roles import Shift, Struck, attacks, shifts
from worldstage.charts.svg import to_svg
from worldstage.charts.theme import NARROW, WIDE

FOUND = [Shift("share of all events", 8, 3, "5.8 → 14.2, rose"), Shift("constraint", None, 5, "– → 0.2")]


def texts(chart):
    drawn = to_svg(chart, ident="r", title="", description="")
    return re.findall(r"<text[^>]*>([^<]*)</text>", drawn)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_each_row_has_its_name_and_on_wide_drawings_its_numbers(width):
    found = texts(shifts(FOUND, title="rank", width=width, ranks=True))
    assert {"share of all events", "constraint", "before", "after"} <= set(found)
    assert ("5.8 → 14.2, rose" in found) == (width == WIDE)


def test_ranks_run_to_one_at_the_right():
    domain = shifts(FOUND, title="rank", ranks=True).to_dict()["layer"][1]["encoding"]["x"]["scale"]["domain"]
    assert domain[0] > 8 > 1 > domain[1]
    plain = shifts(FOUND, title="share").to_dict()["layer"][1]["encoding"]["x"]["scale"]["domain"]
    assert plain[0] == 0 < plain[1]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_attacks_by_state(width):
    found = texts(attacks([Struck("France", 2, 0, 6), Struck("Russia", 0, 1, 0)], width=width))
    assert {"France", "Russia", "on its soil", "on its people elsewhere", "attackers not named"} <= set(found)


def test_ticks_are_plain_numbers():
    far = [Shift("mean score", 50, 89, "")]
    assert not any("e+" in t for t in texts(shifts(far, title="rank", ranks=True)))


def test_nothing_to_draw_is_drawn():
    assert texts(shifts([], title="rank")) is not None
    assert texts(attacks([])) is not None
