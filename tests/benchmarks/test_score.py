"""Scoring the coder: whole events, reciprocal ones, fields on the same words; a perfect coder scores one."""

import dataclasses

import pytest
from benchmarks.coder.documents import parse
from benchmarks.coder.score import Score, macro_f1, of_coded, told_by_annotator, told_by_coder
from tests.conftest import make_actor, make_event

from worldstage.core.records import Place, Range

SOURCE = """title: A test
publisher: Indus Press Agency
date: 2011-06-14
kind: wire

Police arrested two men. India and Nepal met in Delhi. India condemned the attack that killed four.
=====
COERCE | arrest | occurred | PAK:POL | PAK:CVL | 2011-06-14 | - | - | - | - | arrested two men
CONSULT | - | occurred | IND,NPL | - | 2011-06-14 | Delhi/IND | - | - | - | Nepal met
ACCUSE | disapprove | hypothetical | IND:GOV | - | 2011-06-14 | - | - | - | - | condemned the attack
ASSAULT | - | occurred | - | PAK | 2011-06-13 | - | 4 | - | - | killed four
"""
DOCUMENT = parse(SOURCE, "test")


def coded(kind, actors, recipients, at, **more):
    made = make_event("d", kind, (), (), **more)
    sides = [
        tuple(make_actor(c, s, country=c if len(c) == 3 else None) for c, s in side) for side in (actors, recipients)
    ]
    return dataclasses.replace(made, actors=sides[0], recipients=sides[1], trigger=(at, at + 3), confidence=0.7)


def test_a_perfect_annotator_scores_one():
    score = Score()
    score.add(DOCUMENT, told_by_annotator(DOCUMENT.events))
    figures = score.figures()
    assert figures["unreal_as_occurred"] == 0
    assert all(v == 1 for k, v in figures.items() if k != "unreal_as_occurred")


def test_sectors_count_in_a_figure_of_their_own():
    at = DOCUMENT.text.index("arrested")
    event = coded("COERCE", [("PAK", "GOV")], [("PAK", "CVL")], at)
    score = Score()
    score.add(DOCUMENT, told_by_coder([event]))
    assert (score.whole, score.sectored) == (1, 0)
    assert score.fields["actors"] == [True]


def test_of_a_meeting_all_parties_count_as_one_set():
    at = DOCUMENT.text.index("met")
    for sides in (([("IND", "GOV")], [("NPL", "GOV")]), ([("NPL", "GOV"), ("IND", "GOV")], [])):
        score = Score()
        score.add(DOCUMENT, told_by_coder([coded("CONSULT", *sides, at)]))
        assert score.whole == 1


def test_unreal_events_told_as_occurred_are_counted():
    at = DOCUMENT.text.index("condemned")
    score = Score()
    score.add(DOCUMENT, told_by_coder([coded("ACCUSE", [("IND", "GOV")], [], at)]))
    assert score.figures()["unreal_as_occurred"] == 1
    assert score.figures()["precision"] == 1
    assert score.figures()["recall"] == pytest.approx(1 / 4)


def test_counts_places_and_dates_are_compared():
    at = DOCUMENT.text.index("killed")
    event = coded("ASSAULT", [], [("PAK", "GOV")], at, deaths=Range(4, 4), place=Place("Delhi", "IND"))
    score = Score()
    score.add(DOCUMENT, told_by_coder([event]))
    assert score.fields["deaths"] == [True]
    assert score.fields["date"] == [False]
    assert score.fields["place"] == [True]


def test_actors_without_code_and_groups_keep_their_marks():
    parts = of_coded(coded("AID", [("ISIS", "REB"), ("KEN", "POL")], [], 0))
    assert parts.actors == {"ISIS", "KEN:POL"}


def test_macro_f1_weighs_labels_alike():
    assert macro_f1([("a", "a")] * 9 + [("b", "a")]) == pytest.approx((2 * 9 / 19) / 2)
    assert macro_f1([]) == 0
