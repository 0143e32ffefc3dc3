"""Who is meant by names in event data."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.exchange import cells, gdelt, icews, polecat
from worldstage.exchange.mapping import together
from worldstage.exchange.parties import Resolver, plain
from worldstage.exchange.sectors import by_list, by_words
from worldstage.reference.actors import default

NAMES = ["Barack Obama", "Vladimir Putin", "Germany", "Soviet Union", "Islamic State", "Police (Australia)",
         "nobody at all", "Combatant (Taliban)", "Israeli Defense Forces", "Georgia", "Moscow", ""]  # fmt: skip


@pytest.fixture(scope="module")
def resolver():
    return Resolver(default())


def _on(spans, day=dt.date(2014, 6, 1)):
    (span,) = [s for s in spans if s.first <= day <= s.last]
    return span.parties


@pytest.mark.parametrize(
    ("name", "code", "sector"),
    [
        ("Foreign Affairs (Turkey)", "TUR", "GOV"), ("Citizen (Russia)", "RUS", "CVL"),
        ("Police (Australia)", "AUS", "POL"), ("Court Judge (Mexico)", "MEX", "JUD"),
        ("Member of Parliament (Iraq)", "IRQ", "LEG"), ("High Ranking Military Personnel (Vietnam)", "VNM", "MIL"),
        ("Combatant (Taliban)", "TALIBAN", "REB"), ("Vladimir Putin", "RUS", "GOV"), ("China", "CHN", "GOV"),
        ("High Ranking Military Personnel (Palestinian Territory, Occupied)", "PSE", "MIL"),
        ("Israeli Defense Forces", "ISR", "MIL"), ("Boko Haram", "BOKO", "REB"),
        ("Government (Cote d'Ivoire)", "CIV", "GOV"),
        ("Dmitry Anatolyevich Medvedev", "RUS", "GOV"), ("Caitlin Nobody", None, "UNK"),
        ("Ministry (Nowhere Land)", None, "GOV"),
    ],
)  # fmt: skip
def test_names_as_icews_writes_them(resolver, name, code, sector):
    (party,) = _on(resolver.named(name))
    assert party.code == code
    assert party.sector == sector
    assert party.text == name


def test_the_country_of_the_source_holds(resolver):
    (party,) = _on(icews.party(resolver, ("Abdul Hamid", "Government,Military", "Malaysia")))
    assert (party.code, party.sector, party.person) == ("MYS", "MIL", None)
    (party,) = _on(icews.party(resolver, ("Islamic State", "Rebel", "Iraq")))
    assert party.code == "ISIS"


@pytest.mark.parametrize("name", NAMES)
def test_every_day_has_one_meaning(resolver, name):
    spans = resolver.named(name)
    assert (spans[0].first, spans[-1].last) == (dt.date.min, dt.date.max)
    for one, two in pairwise(spans):
        assert one.last + dt.timedelta(days=1) == two.first


def test_several_actors_keep_their_own_days(resolver):
    spans = polecat.party(resolver, ("Barack Obama;Vladimir Putin", "USA;RUS", "GOV;GOV", ""))
    assert [p.sector for p in _on(spans)] == ["GOV", "GOV"]
    assert [p.sector for p in _on(spans, dt.date(2019, 1, 1))] == ["ELI", "GOV"]
    assert together([resolver.named("China")]) == resolver.named("China")


def test_codes(resolver):
    assert _on(plain(resolver, ("RUS",)))[0].code == "RUS"
    assert _on(plain(resolver, ("",))) == ()
    known = _on(gdelt.party(resolver, ("UNITED NATIONS", "", "UNO", "", "", "")))
    assert (known[0].code, known[0].sector) == ("UN", "IGO")
    assert resolver.country("Russian Federation") == "RUS"
    assert resolver.coded("fips", "CH") == "CHN"
    assert resolver.coded("gw", "365") == "RUS"


def test_sectors():
    assert by_list("Executive,Foreign Ministry,Government") == "GOV"
    assert by_list("General Population / Civilian / Social,Social") == "CVL"
    assert by_list("NA") == "UNK"
    assert by_words("") == "UNK"


@given(st.lists(st.text(), min_size=2))
def test_cells_hold_whatever_there_is(members):
    assert cells.split(cells.join(members)) == members


@given(st.text())
def test_no_cell_is_too_odd_to_be_read(cell):
    assert isinstance(cells.split(cell), list)
