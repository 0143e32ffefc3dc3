"""Distances, borders, and states in the order of their exposure."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.roles.distance import capital, from_border, from_capital, great_circle, holds, neighbours, outline
from worldstage.roles.exposure import Attack, Base, exposed

PARIS, LONDON, RAQQA = (48.8566, 2.3522), (51.5074, -0.1278), (35.95, 39.01)
points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def test_from_paris_to_london():
    # Reckoned from the coordinates with the haversine formula: 344 km.
    assert great_circle(np.array([PARIS]), np.array([LONDON]))[0, 0] == pytest.approx(343.6, abs=1)


@given(points, points)
def test_distances_are_symmetric_and_at_most_half_way_round(one, two):
    a, b = np.array([one]), np.array([two])
    there = great_circle(a, b)[0, 0]
    assert there == pytest.approx(great_circle(b, a)[0, 0], abs=1e-6)
    assert 0 <= there <= 20_016
    assert great_circle(a, a)[0, 0] == 0


def test_a_quarter_of_the_globe():
    assert great_circle(np.array([[0.0, 0.0]]), np.array([[90.0, 0.0]]))[0, 0] == pytest.approx(10_007.5, abs=1)


def test_who_borders_whom():
    assert neighbours("SYR") == {"TUR", "IRQ", "JOR", "ISR", "LBN"}
    assert {"BEL", "DEU", "ESP", "ITA", "CHE"} <= neighbours("FRA")
    assert "GBR" not in neighbours("FRA")
    assert all(code in neighbours(other) for code in ("FRA", "SYR", "RUS") for other in neighbours(code))
    assert neighbours("nowhere") == frozenset()


def test_inside_and_outside():
    assert holds("SYR", RAQQA)
    assert holds("FRA", PARIS)
    assert not holds("TUR", RAQQA)


def test_distances_from_border_and_capital():
    at = np.array([RAQQA])
    assert from_border("SYR", at) == 0
    # Tal Abyad, on the border north of Raqqa, is some 83 km away.
    assert from_border("TUR", at) == pytest.approx(85, abs=30)
    assert from_border("FRA", at) < from_capital("FRA", at)
    assert from_border("nowhere", at) is None
    assert from_border("FRA", np.zeros((0, 2))) is None


def test_states_that_the_map_lacks_stand_for_their_capital():
    assert outline("MLT").tolist() == [list(capital("MLT"))]
    assert from_border("MLT", np.array([capital("MLT")])) == 0


def test_the_order_of_exposure():
    attacks = [
        Attack("e1", "FRA", frozenset({"FRA"}), 130), Attack("e2", "EGY", frozenset({"RUS"}), 224),
        Attack("e3", "FRA", frozenset({"FRA", "GBR"})), Attack("e4", "TUR", frozenset(), 10, named=False),
    ]  # fmt: skip
    found = exposed(["FRA", "RUS", "TUR", "IRQ", "GBR", "JPN", "EGY"], Base(("SYR",)), attacks)
    by = {e.code: e for e in found}
    assert [e.code for e in found] == ["FRA", "EGY", "RUS", "GBR", "TUR", "IRQ", "JPN"]
    assert (by["FRA"].attacks, by["FRA"].soil, by["FRA"].abroad, by["FRA"].deaths) == (2, 2, 0, 130)
    assert (by["RUS"].soil, by["RUS"].abroad, by["RUS"].deaths) == (0, 1, 224)
    assert (by["TUR"].attacks, by["TUR"].possible, by["TUR"].contiguity) == (0, 1, "neighbour")
    assert by["TUR"].events == ("e4",)
    assert by["IRQ"].border_km == pytest.approx(0, abs=1)


def test_a_host_and_a_threat_without_a_place():
    host = exposed(["SYR"], Base(points=(RAQQA,)), [], hosts=frozenset({"SYR"}))[0]
    assert (host.contiguity, host.border_km) == ("host", 0.0)
    assert host.capital_km == pytest.approx(368, abs=15)
    nowhere = exposed(["SYR"], Base(), [])[0]
    assert nowhere.border_km is nowhere.capital_km is None
