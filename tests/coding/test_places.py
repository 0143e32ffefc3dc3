import datetime as dt

import pytest

from worldstage.coding.mentions import MentionFinder
from worldstage.coding.places import PlaceFinder
from worldstage.coding.view import View
from worldstage.reference import actors


@pytest.fixture(scope="module")
def finders():
    directory = actors.default()
    return MentionFinder(directory), PlaceFinder(directory)


@pytest.fixture
def places(nlp, finders):
    """The places of a text: all, and those where something happens, as name/country."""
    mentions, finder = finders

    def read(text):
        view = View(nlp(text))
        found = finder.find(view, mentions.find(view, dt.date(2015, 11, 18)))
        assert all(view.words(p.first, p.last) and p.first <= p.head < p.last for p in found)
        return [f"{p.place.name}/{p.place.country}" for p in found if p.located], [p.place.name for p in found]

    return read


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("MOSCOW — Russia struck the rebels in Raqqa.", ["Moscow/RUS", "Raqqa/SYR"]),
        ("PARIS (Wire) - Gunmen attacked a concert hall.", ["Paris/FRA"]),
        ("FERGUSON, Mo. -- Protesters marched on Sunday.", ["Ferguson/USA"]),
        ("A bomb exploded near the Syrian city of Raqqa.", ["Raqqa/SYR"]),
        ("Fighting raged on the outskirts of Aleppo.", ["Aleppo/SYR"]),
        ("Police shot a man outside the French embassy in Tunis.", ["Tunis/TUN"]),
        ("Lavrov met Kerry in Vienna.", ["Vienna/AUT"]),
        ("Putin met Obama at the White House.", ["White House/USA"]),
        ("Clashes broke out in Homs, Hama and Daraa.", ["Homs/SYR", "Hama/SYR", "Daraa/SYR"]),
        ("Rebels seized Goma.", ["Goma/COD"]),
        ("The siege of Sarajevo lasted for years.", ["Sarajevo/BIH"]),
        ("Hollande visited Moscow.", ["Moscow/RUS"]),
        ("Police in Nice arrested two men.", ["Nice/FRA"]),
    ],
)
def test_where_things_happen(places, text, where):
    assert places(text)[0] == where


def test_a_province_is_broad_and_named_as_such(places):
    assert places("Shells fell in Idlib province.")[0] == ["Idlib province/SYR"]


def test_the_country_after_the_name_decides(places):
    assert "Paris/USA" in places("A train was derailed near Paris, Texas.")[0]
    assert "Tripoli/LBN" in places("A bomb went off in Tripoli, Lebanon.")[0]


def test_capitals_that_act_are_no_places(places):
    assert places("Moscow accused Ankara of buying oil from Islamic State.") == ([], [])


def test_between_and_with_say_nothing_of_where(places):
    assert places("Talks between Moscow and Kyiv failed.")[0] == []


def test_an_event_named_after_its_place_is_noted_but_not_located(places):
    where, named = places("The Paris attacks shocked the world.")
    assert where == []
    assert named == ["Paris"]


def test_persons_bodies_and_months_are_no_places(places):
    assert places("Paris Hilton spoke in Congress.")[1] == []
    assert places("In March the bill passed in Parliament.")[1] == []


def test_unknown_places_are_left_out(places):
    assert places("He was shot in Qwertyville.")[1] == []
