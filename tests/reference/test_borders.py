from itertools import pairwise

from worldstage.reference.borders import CAUTION, borders
from worldstage.reference.tables import state_names


def _rings():
    for feature in borders()["features"]:
        for polygon in feature["geometry"]["coordinates"]:
            for ring in polygon:
                yield feature["properties"]["name"], ring


def test_every_ring_is_closed_and_on_the_globe():
    for name, ring in _rings():
        assert ring[0] == ring[-1], name
        assert len(ring) >= 4, name
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring), name


def test_codes_are_those_of_the_table_of_countries_and_stand_once():
    codes = [f["properties"]["code"] for f in borders()["features"]]
    assert len(codes) == len(set(codes)) == 176
    assert set(codes) <= set(state_names())
    assert {"RUS", "FRA", "SYR", "TUR", "XKX", "USA"} <= set(codes)


def test_a_capital_lies_in_its_country():
    def inside(x, y, ring):
        hit = False
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                hit = not hit
        return hit

    for name, x, y in (
        ("France", 2.35, 48.86),
        ("Russia", 37.62, 55.76),
        ("Syria", 36.3, 33.5),
        ("Brazil", -47.9, -15.8),
    ):
        found = {n for n, ring in _rings() if inside(x, y, ring)}
        assert found == {name}


def test_the_caution_names_the_disputed_borders():
    assert all(word in CAUTION for word in ("Crimea", "Golan", "Western Sahara", "Kashmir"))
