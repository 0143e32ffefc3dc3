"""Echoes of earlier words, and words that point back."""

import dataclasses
import datetime as dt

import pytest

from worldstage.strategy.echoes import Said, content, echoes, pointers, stem

FIRST = dt.date(2015, 7, 1)
FILLER = (
    "oil prices would fall for the rest of the winter", "the talks in Vienna were useful and frank",
    "tourists must leave the resort by the evening", "inflation had slowed since the harvest",
    "the parliament would vote on the budget in March", "rescue teams had reached the village",
    "the ferry had been delayed by a storm", "farmers should receive their subsidies earlier",
)  # fmt: skip


def said(n, text, *, speaker="RUS", day=0, document=None, sentence=None):
    document = document or f"d{n}"
    return Said(
        f"s{n}", speaker, FIRST + dt.timedelta(days=day), text, sentence or f"He said {text}.", document, document
    )


def case(*more):
    return [*(said(100 + i, t, speaker="USA", day=3 * i, document=f"f{i}") for i, t in enumerate(FILLER)), *more]


EARLY = said(1, "the wreckage of the convoy must be examined by neutral experts", day=1)
LATE = said(2, "neutral experts must examine the wreckage before anything else is decided", day=40)


def test_a_demand_that_comes_back_is_found_with_what_both_share():
    found = echoes(case(EARLY, LATE))
    assert [(e.earlier.record, e.later.record) for e in found] == [("s1", "s2")]
    assert found[0].same_speaker
    assert set(found[0].shared) >= {"wreckage", "experts", "neutral"}
    assert 0.25 <= found[0].likeness <= 1


@pytest.mark.parametrize(
    "change",
    [
        {"document": "d1", "group": "d1"},
        {"group": "d1"},
        {"date": EARLY.date + dt.timedelta(days=1)},
        {"date": None},
    ],
)
def test_one_document_its_copies_and_the_next_day_are_no_echo(change):
    assert echoes(case(EARLY, dataclasses.replace(LATE, **change))) == []


def test_another_speaker_needs_more_in_common():
    other = dataclasses.replace(LATE, speaker="FRA")
    assert not echoes(case(EARLY, other)) or echoes(case(EARLY, other))[0].likeness >= 0.3
    copied = dataclasses.replace(other, text=EARLY.text)
    found = echoes(case(EARLY, copied))
    assert found[0].likeness == pytest.approx(1)
    assert not found[0].same_speaker


def test_names_alone_are_no_echo():
    one = said(1, "in Moscow President Vladimir Putin and Bashar al-Assad met", day=1)
    two = said(2, "from Vladimir Putin nothing was heard of Bashar al-Assad in Moscow", day=20)
    assert echoes(case(one, two)) == []


def test_one_sentence_echoes_once_and_order_does_not_matter():
    twice = dataclasses.replace(LATE, record="s3", text="neutral experts must examine the wreckage")
    given = case(EARLY, LATE, dataclasses.replace(twice, sentence=LATE.sentence))
    found = echoes(given)
    assert len(found) == 1
    assert found == echoes(given[::-1])


@pytest.mark.parametrize(
    ("sentence", "cue", "year"),
    [
        ("As in 1999, he said, the bombs would solve nothing.", "As in 1999", 1999),
        ("Moscow would act as it did in 2008, the minister warned.", "as it did in 2008", 2008),
        ("As he had warned, the deal failed.", "As he had warned", None),
        ("As he said, the deal failed.", None, None),
        ("As he said in 2014, the border was closed.", "As he said in 2014", 2014),
        ("Hollande repeated that there could be no solution.", "repeated", None),
        ("She again warned that the deal might fail.", "again warned", None),
        ("He renewed his call for a ceasefire.", "renewed his call", None),
        ("They would probably meet again next week.", None, None),
        ("He spoke as he left the room.", None, None),
        ("It was the coldest day since 1999.", None, None),
        ("As in 2015, prices rose.", "As in 2015", None),
    ],
)
def test_words_that_point_back(sentence, cue, year):
    found = pointers([said(1, sentence.lower(), sentence=sentence)], FIRST)
    if cue is None:
        assert found == []
    else:
        assert [(p.cue, p.year) for p in found] == [(cue, year)]


def test_a_pointer_finds_the_earlier_words_of_its_speaker():
    back = dataclasses.replace(LATE, sentence="He repeated that neutral experts must examine the wreckage.")
    found = pointers(case(EARLY, back), FIRST)
    assert [p.said.record for p in found] == ["s2"]
    assert found[0].earlier.earlier.record == "s1"
    other = dataclasses.replace(back, speaker="FRA")
    assert pointers(case(EARLY, other), FIRST)[0].earlier is None


def test_stems_and_content():
    assert stem("strikes") == stem("strike") == stem("striking")
    assert [w for _, w, _ in content("The President said that the strikes in Syria must end")] == [
        "strikes",
        "Syria",
        "end",
    ]
    assert content("") == []
    assert echoes([]) == []
    assert pointers([], FIRST) == []
