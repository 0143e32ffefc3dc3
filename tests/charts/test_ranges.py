"""Values with ranges on a line."""

from worldstage.charts.ranges import Ranged, ranges
from worldstage.charts.svg import to_svg


def drawn(found, **more):
    options = {"domain": (0.0, 100.0), **more}
    return to_svg(ranges(found, **options), ident="r", title="t", description="d")


def test_each_row_has_its_name_and_each_state_its_mark():
    svg = drawn(
        [Ranged("Rome", "before", 10, 0, 20), Ranged("Rome", "after", 60, 40, 90), Ranged("Ulm", "after", 5, 1, 9)]
    )
    assert svg.count("Rome") == 1
    assert "Ulm" in svg
    assert "before" in svg
    assert "after" in svg


def test_what_lies_beyond_the_ends_is_cut():
    rows = ranges([Ranged("Rome", "now", 50, -30, 300)], domain=(0.0, 100.0)).to_dict(validate=False)
    values = [row for layer in rows["layer"] for row in layer["data"]["values"]]
    assert {(row["low"], row["high"]) for row in values if "low" in row} == {(0.0, 100.0)}


def test_one_state_needs_no_legend_and_narrow_drawings_no_title():
    svg = drawn([Ranged("Rome", "gain", 1, 0, 2)], width=330, title="points")
    assert "points" not in svg
    assert ">gain<" not in svg
