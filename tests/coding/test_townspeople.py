"""Towns as parties: the names of places that no table of actors knows."""

import pytest

from worldstage.coding.places import PlaceFinder
from worldstage.coding.townspeople import settled


@pytest.fixture
def found(view_of, finder):
    """A text → its mentions, towns settled: words → codes and kind."""

    def run(text):
        view = view_of(text)
        mentions = finder.find(view, None)
        places = PlaceFinder(finder.directory).find(view, mentions)
        made = settled(view, mentions, places, finder.directory)
        assert {m.head for m in made} >= {m.head for m in mentions}
        assert [m.head for m in made] == sorted(m.head for m in made)
        return {view.words(m.first, m.last): (m.actors[0].code, m.actors[0].sector, m.kind) for m in made}

    return run


def test_a_town_stands_for_its_people(found):
    assert found("Russian forces shelled Kharkiv.")["Kharkiv"] == ("UKR", "UNK", "name")
    assert found("Russian forces bombed Kharkiv on Monday.")["Kharkiv"] == ("UKR", "UNK", "name")
    both = found("Rebels seized Goma and Bukavu.")
    assert both["Goma"] == both["Bukavu"] == ("COD", "UNK", "name")


def test_a_capital_stays_the_government_and_a_minister_stays_himself(found):
    assert found("Russian forces shelled Kyiv.")["Kyiv"][:2] == ("UKR", "GOV")
    assert found("Defence minister Paris Lagos resigned in Kharkiv.")["Paris Lagos"][1] != "UNK"


def test_where_something_happens_is_no_party(found):
    assert "Maiduguri" not in found("Gunmen attacked villages near Maiduguri.")
    assert "EILAT" not in found("EILAT, Israel (AP) - Two men were killed on Monday.")


def test_a_name_that_is_no_place_stays_open(found):
    assert found("Rebels of the Zyxw Front attacked Qwertzville.").get("Qwertzville", (None,))[0] is None
