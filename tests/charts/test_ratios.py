import re

import pytest

from worldstage.charts.ratios import Ratio, _domain, _row, ratios
from worldstage.charts.svg import to_svg
from worldstage.charts.theme import NARROW, WIDE

ROSE = Ratio("Turkey", 5.2, 1.6, 25.8, "rose")
NEW = Ratio("France", None, 1.2, None, "rose")
GONE = Ratio("Germany", 0.0, 0.0, 0.7, "fell")


def test_the_axis_holds_all_estimates_and_one():
    low, high = _domain([ROSE, Ratio("Syria", 0.2, 0.05, 0.6, "fell")])
    assert low < 0.05
    assert high > 25.8
    assert _domain([]) == pytest.approx((0.45, 2.2))


def test_an_interval_without_end_is_open_and_has_no_estimate():
    row = _row(NEW, 0.5, 10)
    assert (row["ratio"], row["high"], row["open_high"], row["open_low"]) == (None, 10, True, False)
    assert row["words"] == "none before (1.20 or more)"


def test_a_ratio_of_zero_stands_at_the_edge_of_the_logarithmic_axis():
    row = _row(GONE, 0.5, 10)
    assert (row["ratio"], row["low"], row["open_low"]) == (0.5, 0.5, True)
    assert row["words"] == "0.00 (0.00–0.70)"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_names_and_on_wide_drawings_numbers_are_written(width):
    drawn = to_svg(ratios([ROSE, NEW, GONE], width=width), ident="r", title="", description="")
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    assert {"Turkey", "France", "Germany", "rose", "fell", "no clear change"} <= set(texts)
    assert ("5.20 (1.60–25.80)" in texts) == (width == WIDE)
