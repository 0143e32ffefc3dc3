"""Whose people and bodies they are: own sentences."""

import pytest
from tests.coding.conftest import PUBLISHED


@pytest.fixture
def whose(view_of, finder):
    """A text and the head word of a mention → ``code/sector`` of the last mention that hangs on it."""

    def run(text, word):
        view = view_of(text)
        found = [m for m in finder.find(view, PUBLISHED) if view.text[m.head] == word]
        return "+".join(f"{a.code}/{a.sector}" for a in found[-1].actors)

    return run


# text, head word, whose
POSSESSED = [
    ("Sweden closed the strait. Its navy fired on a trawler.", "navy", "SWE/MIL"),
    ("Russia and Norway met. The Norwegian minister spoke, and his ambassador left.", "ambassador", "NOR/GOV"),
    ("Hezbollah shelled Israel. Its fighters then crossed the border.", "fighters", "HEZBOLLAH/REB"),
    ("Hezbollah shelled Israel. The movement's spokesman warned of more.", "spokesman", "HEZBOLLAH/REB"),
    ("Karim Haddadi spoke on Monday. The president's troops then left Kenya.", "troops", "DZA/MIL"),
]


@pytest.mark.parametrize(("text", "word", "who"), POSSESSED)
def test_people_and_bodies_belong_to_their_possessor(whose, text, word, who):
    assert whose(text, word) == who


def test_a_possessor_within_a_larger_phrase_is_no_mention_of_its_own(view_of, finder):
    view = view_of("Sweden closed the strait. Its navy fired on a trawler.")
    assert "Its" not in [view.text[m.head] for m in finder.find(view, PUBLISHED)]


# text, head word, whose: several countries are named, and the one that the story is about counts
SURROUNDED = [
    ("Chad voted. Chad's council counted. Kenya watched while police in Chad cleared the hall.", "police", "TCD/POL"),
    (
        "Peru's congress voted on the law. Peru has waited for years. France and Spain praised Peru's vote. "
        "Demonstrators cheered.",
        "Demonstrators",
        "PER/CVL",
    ),
    ("Gunmen killed two teachers in Mali, France said.", "teachers", "MLI/EDU"),
]


@pytest.mark.parametrize(("text", "word", "who"), SURROUNDED)
def test_people_without_a_country_are_of_the_place_or_of_the_story(whose, text, word, who):
    assert whose(text, word) == who


# text, head word, whom the short form stands for
SHORT = [
    ("The European Union wrote to Kenya, and NATO did too. On Friday the Union met.", "Union", "EU/IGO"),
    ("Hezbollah rejected the plan. The group had asked Lebanon for more.", "group", "HEZBOLLAH/REB"),
    ("The ministers of Peru and Chile met. The ministers then praised Bolivia.", "ministers", "PER/GOV+CHL/GOV"),
    ("The ministers for trade of Peru and Chile met.", "ministers", "PER/GOV+CHL/GOV"),
]


@pytest.mark.parametrize(("text", "word", "who"), SHORT)
def test_a_definite_noun_is_short_for_who_was_named(whose, text, word, who):
    assert whose(text, word) == who


def test_an_indefinite_noun_is_short_for_nobody(whose):
    assert whose("Hezbollah rejected the plan. A group in Lebanon had drafted it.", "group") != "HEZBOLLAH/REB"
