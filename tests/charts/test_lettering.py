from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from worldstage.charts.lettering import Spot, _box, _overlap, letter

SPOTS = st.builds(
    Spot, st.floats(0, 300), st.floats(0, 200), st.floats(2, 15), st.text("abcdef", min_size=1, max_size=12)
)


@given(st.lists(SPOTS, max_size=25))
def test_names_lie_on_no_other_name_and_inside(spots):
    placed = letter(spots, width=300, height=200)
    boxes = [_box(p.x, p.y, p.align, p.name) for p in placed]
    assert not any(_overlap(a, b) for a, b in combinations(boxes, 2))
    assert all(b[0] >= 0 and b[2] <= 300 and b[1] >= 0 and b[3] <= 200 for b in boxes)


def test_a_lone_name_stands_to_the_right_and_at_the_edge_to_the_left():
    assert [p.align for p in letter([Spot(100, 50, 4, "Paris")], width=300, height=200)] == ["left"]
    assert [p.align for p in letter([Spot(295, 50, 4, "Paris")], width=300, height=200)] == ["right"]


def test_the_first_spots_are_named_first():
    crowded = [Spot(150, 100, 4, f"place {i:02}") for i in range(40)]
    # Around one point there is room for four names.
    assert [p.name[-2:] for p in letter(crowded, width=300, height=200)] == ["00", "01", "02", "03"]
    spread = [Spot(20, 8 + 14 * i, 2, f"place {i}") for i in range(12)]
    assert [p.name for p in letter(spread, width=300, height=200, most=3)] == ["place 0", "place 1", "place 2"]
