import re

import altair as alt
import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st

from worldstage.charts.projection import frame

EUROPE = [(2.35, 48.86), (37.62, 55.76), (36.3, 33.5)]
WORLD = [(-74.0, 40.7), (106.8, -6.2), (37.6, 55.8)]


def _drawn_by_vega(view, lon, lat):
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [lon, lat]}}
    chart = alt.Chart(alt.Data(values=[feature])).mark_geoshape(filled=True, fill="#123456")
    chart = chart.project(type=view.kind, scale=view.scale, translate=list(view.translate))
    spec = chart.properties(width=view.width, height=view.height).to_dict()
    spec["config"] = {"view": {"stroke": None}, "padding": 0}
    svg = vl_convert.vegalite_to_svg({**spec, "padding": 0})
    x, y = re.search(r'<path[^>]*d="M(-?[\d.]+),(-?[\d.]+)[^"]*"[^>]*fill="#123456"', svg).groups()
    return float(x), float(y)


@pytest.mark.parametrize(("points", "kind"), [(EUROPE, "mercator"), (WORLD, "equalEarth")])
def test_places_fall_where_vega_draws_them(points, kind):
    view = frame(points, width=720, tallest=440)
    assert view.kind == kind
    for lon, lat in points:
        assert view.xy(lon, lat) == pytest.approx(_drawn_by_vega(view, lon, lat), abs=0.01)


@given(
    st.lists(st.tuples(st.floats(-180, 180), st.floats(-55, 80)), min_size=1, max_size=12), st.sampled_from([330, 720])
)
def test_every_place_is_inside_the_frame(points, width):
    view = frame(points, width=width, tallest=round(width * 0.6))
    assert 0 < view.height <= round(width * 0.6)
    for lon, lat in points:
        x, y = view.xy(lon, lat)
        assert -1 <= x <= view.width + 1
        assert -1 <= y <= view.height + 1


def test_a_single_place_is_shown_with_what_lies_around_it():
    view = frame([(36.3, 33.5)], width=720, tallest=440)
    assert view.xy(36.3, 33.5) == pytest.approx((view.width / 2, view.height / 2), abs=20)
    # Beirut and Baghdad are in the picture.
    for lon, lat in ((35.5, 33.9), (44.4, 33.3)):
        assert 0 < view.xy(lon, lat)[0] < view.width
