import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.core.errors import InputError
from worldstage.reference.places import Gazetteer, default, fold
from worldstage.reference.tables import rows, state_names


@pytest.fixture(scope="module")
def gazetteer():
    return default()


@pytest.mark.parametrize(
    ("name", "usual", "country"),
    [
        ("Raqqa", "Raqqa", "SYR"),
        ("RAKKA", "Raqqa", "SYR"),
        ("Paris", "Paris", "FRA"),
        ("Kiev", "Kyiv", "UKR"),
        ("Bogota", "Bogotá", "COL"),
        ("Bombay", "Mumbai", "IND"),
        ("Leningrad", "St Petersburg", "RUS"),
        ("the Hague", "The Hague", "NLD"),
        ("Sana'a", "Sanaa", "YEM"),
        ("Srebrenica", "Srebrenica", "BIH"),
        ("Washington, D.C.", "Washington", "USA"),
        ("Minsk, Belarus", "Minsk", "BLR"),
        ("Idlib province", "Idlib province", "SYR"),
        ("Crimea", "Crimea", "UKR"),
        ("Soviet Union", "Soviet Union", "SUN"),
        ("Abkhazia", "Abkhazia", "GEO"),
    ],
)
def test_known_places(gazetteer, name, usual, country):
    place = gazetteer.find(name)
    assert (place.name, place.country) == (usual, country)


def test_coordinates(gazetteer):
    raqqa = gazetteer.find("Raqqa")
    assert raqqa.lat == pytest.approx(35.95, abs=0.05)
    assert raqqa.lon == pytest.approx(39.01, abs=0.05)


def test_surrounding_countries_decide_before_population(gazetteer):
    assert gazetteer.find("Tripoli").country == "LBY"
    assert gazetteer.find("Tripoli", countries={"LBN": 3}).country == "LBN"
    assert gazetteer.find("Birmingham").country == "GBR"
    assert gazetteer.find("Birmingham", countries={"USA": 5}).country == "USA"


def test_a_great_city_is_not_outvoted_by_a_hamlet(gazetteer):
    assert gazetteer.find("Paris", countries={"USA": 20}).country == "FRA"
    assert gazetteer.find("Moscow", countries={"USA": 20}).country == "RUS"
    assert gazetteer.find("Geneva", countries={"USA": 20}).country == "CHE"


def test_former_states_speak_for_their_successors(gazetteer):
    assert gazetteer.find("Odessa", countries={"SUN": 4}).country == "UKR"


def test_a_country_that_the_text_gives_excludes_others(gazetteer):
    assert gazetteer.find("Paris", country="USA").country == "USA"
    assert gazetteer.find("Raqqa", country="FRA") is None
    assert gazetteer.find("Springfield", country="USA", area="IL").lat == pytest.approx(39.8, abs=0.1)


def test_unknown_names(gazetteer):
    assert gazetteer.find("Qwertyville") is None
    assert gazetteer.find("") is None
    assert "Raqqa" in gazetteer
    assert "Qwertyville" not in gazetteer


def test_every_present_state_has_its_capital(gazetteer):
    from worldstage.reference.tables import forms, states

    for row in states():
        if row["kind"] == "state" and not row["to"] and row["capital"]:
            found = gazetteer.find(forms(row["capital"])[0], country=row["code"])
            assert found is not None, row["name"]
            assert found.country == row["code"]
    assert gazetteer.capital("FRA").name == "Paris"
    assert gazetteer.capital("SUN") is None


def test_landmarks_are_well_formed():
    for row in rows("landmarks"):
        assert not row["country"] or row["country"] in state_names()
        assert -90 <= float(row["lat"]) <= 90
        assert -180 <= float(row["lon"]) <= 180


def test_a_missing_file_is_explained(tmp_path):
    with pytest.raises(InputError, match="missing") as caught:
        Gazetteer(tmp_path / "none.tsv.gz").find("Paris")
    assert "reinstall" in caught.value.hint


@pytest.mark.parametrize(
    "content",
    [b"not compressed", gzip.compress(b"two\tcells\n"), gzip.compress(b"x" * 500)[:20]],
    ids=["no gzip", "too few cells", "cut short"],
)
def test_a_damaged_file_is_explained(tmp_path, content):
    path = tmp_path / "places.tsv.gz"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"places\.tsv\.gz"):
        Gazetteer(path).find("Paris")


@given(st.text())
def test_folding_twice_changes_nothing(name):
    assert fold(fold(name)) == fold(name)
