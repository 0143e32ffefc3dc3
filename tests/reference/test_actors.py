import datetime as dt
from collections import Counter

import pytest

from worldstage.core.errors import ConfigError, UnknownNameError
from worldstage.reference.actors import default
from worldstage.reference.tables import case_entries

WHO = default()


def resolve(name, day=None, **context):
    return WHO.resolve(WHO.lookup(name), alias=name, day=day, context=Counter(context))


def test_scan_finds_whole_words_and_the_longest_name():
    hits = WHO.scan("The United Nations Security Council met; Iranians watched, USSR-style.")
    assert [h.alias for h in hits][:2] == ["United Nations Security Council", "Iranians"]


@pytest.mark.parametrize(
    ("text", "alias"),
    [("Israel annexed the West Bank.", "West Bank"), ("Iran hates the West.", "the West"), ("The Hague", "The Hague")],
)
def test_an_article_lends_no_precedence_to_a_name(text, alias):
    assert [h.alias for h in WHO.scan(text)][-1] == alias
    assert all(text[h.start : h.end] == h.alias for h in WHO.scan(text))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Russia", "RUS"),
        ("French", "FRA"),
        ("U.S.", "USA"),
        ("Kyiv", "UKR"),
        ("Kiev", "UKR"),
        ("Burma", "MMR"),
        ("Islamic State", "ISIS"),
        ("Hezbollah", "HEZBOLLAH"),
        ("NATO", "NATO"),
        ("European Union", "EU"),
        ("Downing Street", "GBR"),
        ("Pentagon", "USA"),
        ("the West", "WEST"),
    ],
)
def test_names_of_many_kinds(name, code):
    assert resolve(name, dt.date(2015, 11, 13)).code == code


def test_the_kremlin_is_soviet_before_it_is_russian():
    assert resolve("Kremlin", dt.date(1985, 3, 11)).code == "SUN"
    assert resolve("Kremlin", dt.date(2015, 3, 11)).code == "RUS"


def test_putin_is_prime_minister_in_1999_and_president_in_2015():
    assert (
        resolve("Vladimir Putin", dt.date(1999, 9, 24)).office,
        resolve("Vladimir Putin", dt.date(2015, 9, 24)).office,
    ) == ("Prime Minister", "President")


def test_context_decides_between_the_two_congos_and_koreas():
    assert resolve("Congo", COD=3).code == "COD"
    assert resolve("Congo", COG=3).code == "COG"
    assert resolve("Korea", PRK=2).code == "PRK"


def test_georgia_is_a_state_unless_the_surroundings_are_american():
    assert resolve("Georgia").code == "GEO"
    assert resolve("Georgia", USA=4).code == "USA"


def test_the_west_is_no_state():
    assert resolve("the West").country is None


def test_a_surname_that_is_a_common_word_needs_the_full_name_first():
    entries = WHO.lookup("May") or ()
    assert not entries or WHO.resolve(entries, alias="May", day=dt.date(2017, 5, 1)).code is None


def test_code_of_takes_codes_and_names_and_offers_the_nearest():
    assert WHO.code_of("rus") == "RUS"
    assert WHO.code_of("france") == "FRA"
    with pytest.raises(UnknownNameError, match="Russia"):
        WHO.code_of("Rusia")


def test_every_alias_of_the_tables_can_be_looked_up_and_has_a_known_sector():
    from worldstage.core.records import SECTORS
    from worldstage.reference.entries import all_entries

    entries = list(all_entries())
    assert len(entries) > 5000
    assert {e.sector for e in entries} <= set(SECTORS)
    assert all(e.alias and e.first <= e.last for e in entries)


def test_actors_csv_adds_names(tmp_path):
    path = tmp_path / "actors.csv"
    path.write_text(
        "alias,code,name,country,sector,from,to\nZorblatt|the Zorblatts,ZOR,Zorblatt Front,SYR,REB,2012,\n",
        encoding="utf-8",
    )
    more = WHO.extended(path)
    found = more.resolve(more.lookup("Zorblatt"), day=dt.date(2015, 1, 1))
    assert (found.code, found.country, found.sector) == ("ZOR", "SYR", "REB")
    assert more.code_of("ZOR") == "ZOR"
    assert not WHO.lookup("Zorblatt")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("alias,code\nA,B\n", "lacks the columns"),
        ("alias,code,name,country,sector,from,to\nA,B,C,,XXX,,\n", "line 2.*sector"),
        ("alias,code,name,country,sector,from,to\nA,B,C,,GOV,never,\n", "no dates"),
        ("alias,code,name,country,sector,from,to\n,B,C,,GOV,,\n", "may not be empty"),
    ],
)
def test_a_wrong_actors_csv_says_where(tmp_path, text, message):
    path = tmp_path / "actors.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        case_entries(path)
