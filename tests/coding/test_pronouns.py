"""Whom pronouns and *the two countries* stand for: own sentences."""

import pytest
from tests.coding.conftest import PUBLISHED


@pytest.fixture
def stands_for(view_of, finder):
    """A text and a pronoun → codes of the last mention that reads so; empty where there is none."""

    def run(text, word):
        view = view_of(text)
        found = [m for m in finder.find(view, PUBLISHED) if view.words(m.first, m.last).lower() == word]
        return [a.code for a in found[-1].actors] if found else []

    return run


# text, pronoun, whom it stands for
PRONOUNS = [
    # An object is not the subject of its own clause.
    ("Turkey had warned Greece for weeks. On Monday Greece attacked it.", "it", ["TUR"]),
    ("Sudan accused Chad. Chad refused to receive it.", "it", ["SDN"]),
    # Those listed stand together.
    ("Kenya and Uganda closed the border. They blamed Rwanda.", "they", ["KEN", "UGA"]),
    # A group is many.
    ("Hezbollah shelled a town. They later thanked Iran.", "they", ["HEZBOLLAH"]),
    # Titles tell men from women.
    ("Mr Reyl thanked Mrs Lindqvist in Oslo. She praised Spain.", "she", ["SWE"]),
    ("Mrs Lindqvist thanked Mr Reyl in Oslo. He praised Spain.", "he", ["CZE"]),
    # The subject of the sentence is spoken of more than one within it.
    ("Norway said on Friday that Spain had left. It thanked Italy.", "it", ["NOR"]),
]


@pytest.mark.parametrize(("text", "word", "codes"), PRONOUNS)
def test_whom_a_pronoun_stands_for(stands_for, text, word, codes):
    assert stands_for(text, word) == codes


def test_he_is_nobody_known_where_nobody_knows_who_was_spoken_of(stands_for):
    assert stands_for("Karim Haddadi left Oslo. On Sunday Peter Vandelay gave a speech. He blamed Spain.", "he") == []


COUPLES = [
    (
        "Peru and Ecuador fought for years. Peru asked Brazil to judge and Ecuador agreed, Spain said. "
        "The two countries signed in May.",
        "the two countries",
        ["ECU", "PER"],
    ),
    ("Peru attacked Chile. Both governments blamed Spain.", "both governments", ["PER", "CHL"]),
]


@pytest.mark.parametrize(("text", "words", "codes"), COUPLES)
def test_the_two_countries_are_those_that_the_story_is_about(stands_for, text, words, codes):
    assert sorted(stands_for(text, words)) == sorted(codes)


def test_two_countries_that_nobody_named_are_none_of_those_named(stands_for):
    assert stands_for("Peru met Chile. Two countries of Asia protested.", "two countries") == []
