"""Who takes part: by probabilities set by hand, on own sentences."""

import pytest
from tests.coding.conftest import PUBLISHED

from worldstage.coding.frames import frame
from worldstage.coding.parties import befitting, take_part


@pytest.fixture
def parties(view_of, finder):
    """A text, its predicate and the probabilities of each mention → texts and probabilities of both sides."""

    def run(text, verb, parts):
        view = view_of(text)
        near = finder.find(view, PUBLISHED)
        sides = take_part(view, frame(view, view.text.index(verb)), near, parts)
        return [{view.text[m.head]: p for m, p in side} for side in sides]

    return run


def test_likely_parties_are_taken(parties):
    assert parties("Iran attacked Kuwait.", "attacked", [(0.9, 0.0), (0.1, 0.8)]) == [{"Iran": 0.9}, {"Kuwait": 0.8}]


def test_an_empty_side_takes_the_likeliest_of_the_rest(parties):
    text = "Iran warned Kuwait about Oman."
    actors, recipients = parties(text, "warned", [(0.9, 0.0), (0.05, 0.3), (0.0, 0.2)])
    assert list(actors) == ["Iran"]
    assert recipients == {"Kuwait": 0.5}
    actors, _ = parties(text, "warned", [(0.2, 0.1), (0.0, 0.9), (0.0, 0.2)])
    assert actors == {"Iran": 0.5}


@pytest.mark.parametrize("doubtful", [(0.0, 0.05), (0.4, 0.3)])
def test_it_stays_empty_where_nobody_is_likely_or_rather_of_the_other_side(parties, doubtful):
    assert parties("Iran spoke of Kuwait.", "spoke", [(0.9, 0.0), doubtful])[1] == {}


def test_nobody_is_taken_where_both_sides_are_empty(parties):
    assert parties("Iran spoke of Kuwait.", "spoke", [(0.3, 0.2), (0.2, 0.3)]) == [{}, {}]


def test_those_listed_take_part_together(parties):
    parts = [(0.9, 0.0), (0.2, 0.0), (0.0, 0.9)]
    assert parties("Iran and Iraq attacked Kuwait.", "attacked", parts)[0] == {"Iran": 0.9, "Iraq": 0.9}


# text, type, head of the actor, of the recipient, whether it stays
FIT = [
    ("Kenya attacked Chad.", "ASSAULT", "Kenya", "Chad", True),
    ("Kenya sent troops.", "MOBILIZE", "Kenya", "troops", False),
    ("France sent troops.", "AID", "France", "troops", False),
    ("Kenya arrested soldiers.", "COERCE", "Kenya", "soldiers", True),
    ("Kenya moved its offer forward.", "AGREE", "Kenya", "its", False),
    ("Kenya shelled Chad's army.", "ASSAULT", "Kenya", "army", True),
]


@pytest.mark.parametrize(("text", "kind", "actor", "recipient", "stays"), FIT)
def test_who_can_be_recipient_of_what(view_of, finder, text, kind, actor, recipient, stays):
    view = view_of(text)
    by_word = {view.text[m.head]: m for m in finder.find(view, PUBLISHED)}
    assert bool(befitting(view, kind, [by_word[actor]], [by_word[recipient]])) == stays
