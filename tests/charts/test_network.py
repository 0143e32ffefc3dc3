import re

import pytest

from worldstage.charts.network import Edge, _around, network, ring_order
from worldstage.charts.svg import to_svg
from worldstage.charts.theme import CONFLICT, COOPERATION, NARROW, WIDE

BEFORE = [Edge("Russia", "Turkey", 4, 3.0), Edge("France", "Russia", 2, 2.0), Edge("France", "Turkey", 3, 1.0)]
AFTER = [Edge("Russia", "Turkey", 24, -5.0), Edge("Russia", "Syria", 3, 0.2)]


@pytest.mark.parametrize(
    ("score", "kind"), [(1, "mostly cooperation"), (0.99, "mixed"), (-0.99, "mixed"), (-1, "mostly conflict")]
)
def test_kinds_have_stated_bounds(score, kind):
    assert Edge("a", "b", 1, score).kind == kind


def test_those_who_deal_with_each_other_stand_side_by_side():
    edges = [Edge("F", n, 5, 0) for n in "ABCD"] + [Edge("A", "C", 9, 0), Edge("B", "D", 9, 0)]
    order = ring_order(edges, "F")
    assert sorted(order) == ["A", "B", "C", "D"]
    assert abs(order.index("A") - order.index("C")) == abs(order.index("B") - order.index("D")) == 1


def test_the_order_does_not_depend_on_that_of_the_edges():
    assert ring_order(BEFORE + AFTER, "Russia") == ring_order((BEFORE + AFTER)[::-1], "Russia")


def test_the_focus_stands_in_the_middle_and_nobody_upon_another():
    places = _around(["A", "B", "C", "D", "E"], "F", 300)
    assert places["F"][:2] == (150, 129)
    assert len({(round(x), round(y)) for x, y, _ in places.values()}) == 6
    assert all(0 < x < 300 and 0 < y < 258 for x, y, _ in places.values())


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_both_panels_name_everybody_with_their_events_in_that_stretch(width):
    panels = [("Before", BEFORE), ("After", AFTER)]
    drawn = to_svg(network(panels, "Russia", width=width), ident="n", title="", description="")
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    assert {"Turkey (4)", "Turkey (24)", "France (2)", "France (0)", "Syria (0)", "Syria (3)"} <= set(texts)
    assert {"Before", "After", "mostly cooperation", "mixed", "mostly conflict"} <= set(texts)


def test_conflict_is_dashed_and_orange_cooperation_solid_and_blue():
    drawn = to_svg(network([("After", [*AFTER, *BEFORE[1:2]])], "Russia"), ident="n", title="", description="")
    lines = re.findall(r"<line[^>]*>", drawn)
    conflict = [line for line in lines if CONFLICT in line]
    cooperation = [line for line in lines if COOPERATION in line]
    assert conflict
    assert all('stroke-dasharray="7,4"' in line for line in conflict)
    assert cooperation
    assert not any('stroke-dasharray="7,4"' in line for line in cooperation)
