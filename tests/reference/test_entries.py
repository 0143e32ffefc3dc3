import datetime as dt

import pytest

from worldstage.core.errors import WorldstageError
from worldstage.reference import entries
from worldstage.reference.entries import (
    all_entries,
    group_entries,
    leader_entries,
    needs_full_name,
    organisation_entries,
    plugin_entries,
    region_entries,
    seat_entries,
    state_entries,
    surname,
)
from worldstage.reference.tables import Entry


def by_alias(found, alias):
    return [e for e in found if e.alias == alias]


@pytest.mark.parametrize(
    ("person", "code", "expected"),
    [
        ("Anna Lindqvist", "SWE", "Lindqvist"),
        ("Zorro", "ESP", "Zorro"),
        ("Bashar al-Assad", "SYR", "al-Assad"),
        ("Charles de Gaulle", "FRA", "de Gaulle"),
        ("Ursula von der Leyen", "EU", "von der Leyen"),
        ("Xi Jinping", "CHN", "Xi"),
        ("Kim Jong-un", "PRK", "Kim"),
        ("Tsai Ing-wen", "TWN", "Tsai"),
        ("Ferdinand Marcos Jr.", "PHL", "Marcos"),
        ("Pope John Paul II", "VAT", "Pope John Paul II"),
    ],
)
def test_the_part_by_which_newspapers_call_a_person(person, code, expected):
    assert surname(person, code) == expected


def test_states_have_names_demonyms_and_capitals():
    found = list(state_entries())
    assert {(e.code, e.kind) for e in by_alias(found, "France")} == {("FRA", "state")}
    assert ("FRA", "demonym") in {(e.code, e.kind) for e in by_alias(found, "French")}
    assert {(e.code, e.kind) for e in by_alias(found, "Paris")} == {("FRA", "capital")}
    assert all(e.code and e.country == e.code for e in found)
    assert not [e for e in by_alias(found, "Singapore") if e.kind == "capital"]


def test_seats_stand_for_their_state_and_sector_in_their_time():
    soviet, russian = sorted(by_alias(seat_entries(), "Kremlin"), key=lambda e: e.first)
    assert (soviet.code, russian.code) == ("SUN", "RUS")
    assert soviet.last <= russian.first
    [pentagon] = {(e.code, e.sector) for e in by_alias(seat_entries(), "Pentagon")}
    assert pentagon == ("USA", "MIL")


def test_leaders_have_full_names_and_surnames():
    found = list(leader_entries())
    full = by_alias(found, "Vladimir Putin")
    assert {e.kind for e in full} == {"leader"}
    assert {"President", "Prime Minister"} <= {e.office for e in full}
    assert {e.person for e in by_alias(found, "Putin")} == {"Vladimir Putin"}
    assert {e.kind for e in by_alias(found, "Putin")} == {"surname"}
    assert {e.person for e in by_alias(found, "Assad")} >= {"Bashar al-Assad"}
    assert all(e.person and e.office for e in found)


def test_groups_and_their_leaders():
    found = list(group_entries())
    assert {e.code for e in by_alias(found, "ISIS")} == {"ISIS"}
    [leader] = by_alias(found, "Abu Bakr al-Baghdadi")
    assert (leader.kind, leader.code, leader.person) == ("leader", "ISIS", "Abu Bakr al-Baghdadi")
    assert "Abu Bakr al-Baghdadi" in {e.person for e in by_alias(found, "Baghdadi")}
    assert all(e.sector for e in found)


def test_organisations_and_regions():
    assert {(e.code, e.sector) for e in by_alias(organisation_entries(), "NATO")} == {("NATO", "IGO")}
    assert ("ESP", "region") in {(e.code, e.kind) for e in by_alias(region_entries(), "Catalonia")}


@pytest.mark.parametrize(("alias", "needed"), [("May", True), ("Top", True), ("Xi", True), ("Putin", False)])
def test_surnames_that_are_words_need_the_full_name(alias, needed):
    assert needs_full_name(alias) is needed


def test_all_tables_are_in():
    kinds = {e.kind for e in all_entries()}
    assert kinds == {"state", "demonym", "capital", "seat", "leader", "surname", "group", "organisation", "region"}


def test_no_surname_is_a_numeral_or_suffix():
    assert not {e.alias for e in all_entries() if e.kind == "surname"} & {"II", "XVI", "XXIII", "Jr", "Jr."}


# -- plug-ins --------------------------------------------------------------------------------------------


def plug_in(monkeypatch, *found):
    monkeypatch.setattr(entries, "names", lambda group: ("mine",) if group == "actors" else ())
    monkeypatch.setattr(entries, "load", lambda group, name: lambda: iter(found))


def test_plugins_add_entries(monkeypatch):
    mine = Entry("Zorb", "ZOR", "Zorb Front", None, "REB", "group", first=dt.date(2012, 1, 1))
    plug_in(monkeypatch, mine)
    assert list(plugin_entries()) == [mine]
    assert mine in list(all_entries())


def test_a_plugin_that_gives_something_else_is_named(monkeypatch):
    plug_in(monkeypatch, ("Zorb", "ZOR"))
    with pytest.raises(WorldstageError, match=r"'mine' of worldstage\.actors gave tuple"):
        list(plugin_entries())
