import datetime as dt
import re

import pytest

from worldstage.charts.svg import to_svg
from worldstage.charts.theme import NARROW, QUADS, WIDE
from worldstage.charts.timeline import Bar, Span, _limits, _stacked, partners, timeline

FIRST, LAST = dt.date(2015, 10, 1), dt.date(2015, 12, 31)
WEEK = dt.date(2015, 11, 9)
SHOCKS = [("Paris attacks", dt.date(2015, 11, 13)), ("Su-24 shot down", dt.date(2015, 11, 24))]
SPAN = Span(FIRST, LAST, "week", SHOCKS)


def test_bars_are_stacked_from_the_zero_line_deeds_first():
    bars = [Bar(WEEK, "verbal cooperation", 2), Bar(WEEK, "material cooperation", 1), Bar(WEEK, "verbal conflict", 3)]
    found = {row["kind"]: (row["low"], row["high"]) for row in _stacked(bars, SPAN)}
    assert found == {"material cooperation": (0, 1), "verbal cooperation": (1, 3), "verbal conflict": (0, -3)}


def test_bars_of_one_period_and_kind_are_added_up():
    rows = _stacked([Bar(WEEK, QUADS[0], 2), Bar(WEEK, QUADS[0], 5)], SPAN)
    assert [(r["low"], r["high"], r["from"], r["to"]) for r in rows] == [
        (0, 7, "2015-11-09T00:00:00", "2015-11-16T00:00:00")
    ]


def test_limits_hold_the_highest_stack_of_any_panel():
    one = [Bar(WEEK, "verbal cooperation", 2), Bar(WEEK, "material cooperation", 3)]
    other = [Bar(WEEK, "material conflict", 4), Bar(FIRST, "material conflict", 1)]
    assert _limits([one, other]) == (4, 5)
    assert _limits([[]]) == (1, 1)


def test_the_axis_begins_with_the_first_period_and_ends_after_the_last():
    assert SPAN.edges == (dt.date(2015, 9, 28), dt.date(2016, 1, 4))
    assert SPAN.place(dt.date(2015, 9, 28)) == 0
    assert 0 < SPAN.place(dt.date(2015, 11, 13)) < 1


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_shocks_are_named_once_and_legend_names_all_kinds(width):
    drawn = to_svg(
        timeline([Bar(WEEK, QUADS[0], 2)], {WEEK: 5}, SPAN, width=width), ident="t", title="", description=""
    )
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    assert texts.count("Paris attacks, 13 Nov") == texts.count("Su-24 shot down, 24 Nov") == 1
    assert all(texts.count(quad) == 1 for quad in QUADS)


def test_without_bars_only_the_volume_is_drawn():
    drawn = to_svg(timeline([], {WEEK: 5}, SPAN), ident="t", title="", description="")
    assert "All events reported" in drawn
    assert "verbal cooperation" not in drawn
    assert "Paris attacks" in drawn


def test_shocks_outside_the_axis_are_not_drawn():
    span = Span(FIRST, LAST, "month", [("Much later", dt.date(2019, 1, 1))])
    drawn = to_svg(timeline([Bar(FIRST, QUADS[0], 1)], {}, span), ident="t", title="", description="")
    assert "Much later" not in drawn


def test_every_partner_has_a_panel_with_its_name():
    panels = [("Turkey", [Bar(WEEK, QUADS[3], 2)]), ("France", [Bar(WEEK, QUADS[0], 1)])]
    drawn = to_svg(partners(panels, SPAN), ident="p", title="", description="")
    # Each name is drawn twice: its rim of paper, then the letters.
    assert drawn.count(">Turkey</text>") == drawn.count(">France</text>") == 2
