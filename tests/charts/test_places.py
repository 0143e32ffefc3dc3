import re

import pytest

from worldstage.charts.places import Spotted, border_data, close_up, places_map
from worldstage.charts.svg import to_svg
from worldstage.charts.theme import NARROW, WIDE

PARIS, MOSCOW, VIENNA = (
    Spotted("Paris", 2.35, 48.86, 2, 9),
    Spotted("Moscow", 37.6, 55.76, 8, 1),
    Spotted("Vienna", 16.4, 48.2, 3, 3),
)
JAKARTA, NEW_YORK = Spotted("Jakarta", 106.8, -6.2, 0, 1), Spotted("New York", -74, 40.7, 1, 0)


def test_the_kind_is_what_most_events_were():
    assert [p.kind for p in (PARIS, MOSCOW, VIENNA)] == [
        "mostly conflict",
        "mostly cooperation",
        "as much of either",
    ]
    assert PARIS.events == 11


def test_a_closer_look_is_taken_where_most_happened():
    assert close_up([PARIS, MOSCOW, VIENNA, JAKARTA, NEW_YORK]) == [PARIS, MOSCOW, VIENNA]


def test_no_closer_look_where_all_places_are_near_or_few():
    assert close_up([PARIS, MOSCOW, VIENNA, Spotted("Rome", 12.5, 41.9, 5, 5)]) == []
    assert close_up([PARIS, JAKARTA]) == []
    assert close_up([]) == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("places", [[PARIS], [PARIS, MOSCOW, VIENNA], [PARIS, JAKARTA, NEW_YORK]])
def test_places_are_drawn_and_named_upon_land(places, width):
    drawn = to_svg(places_map(places, width=width), ident="m", title="", description="", data=border_data())
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    assert {f"{p.name} ({p.events})" for p in places} <= set(texts)
    assert len(drawn) < 200_000
    assert drawn.count("<path") > 10
