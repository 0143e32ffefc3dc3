import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.coding.numbers import count_at, number_at, starts_number
from worldstage.core.records import Range


def first_count(text):
    words = text.lower().split()
    return next((c for i, w in enumerate(words) if starts_number(w) and (c := count_at(words, i))), None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("130", 130),
        ("1,200 men", 1200),
        ("1.2 million", 1_200_000),
        ("twelve", 12),
        ("twenty - one people", 21),
        ("twenty-one people", 21),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("two hundred and fifty - three", 253),
        ("three thousand two hundred", 3200),
        ("a hundred thousand", 100_000),
        ("a couple of men", 2),
    ],
)
def test_exact_numbers(text, value):
    assert number_at(text.split(), 0)[0] == value


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("at least 130 people", 130, None),
        ("more than 300 people", 301, None),
        ("up to 20 people", None, 20),
        ("as many as 20", None, 20),
        ("fewer than 10", None, 9),
        ("about 40", 40, 40),
        ("between 10 and 15 men", 10, 15),
        ("10 to 15 men", 10, 15),
        ("10–15", 10, 15),
        ("30 or more", 30, None),
        ("dozens of people", 24, None),
        ("scores", 40, None),
        ("hundreds", 200, None),
        ("tens of thousands", 20_000, None),
        ("several dozen men", 24, None),
        ("more than a dozen", 13, None),
    ],
)
def test_qualified_counts(text, low, high):
    assert first_count(text).range == Range(low, high)


@pytest.mark.parametrize("text", ["12 - year - old boy", "a man", "4.5 metres", "from here to there", "tens"])
def test_no_counts(text):
    assert first_count(text) is None


def test_a_range_of_change_gives_its_own_ends():
    words = ["rose", "from", "10", "to", "15"]
    assert count_at(words, 2).range == Range(10, 10)
    assert count_at(words, 4).range == Range(15, 15)


@given(st.integers(0, 10**9 - 1))
def test_numerals_round_trip(value):
    assert number_at([f"{value:,}"], 0) == (value, 1)


@given(st.lists(st.text(min_size=1), min_size=1))
def test_any_words_are_read_without_error(words):
    for i in range(len(words)):
        found = count_at(words, i)
        assert found is None or (found.first <= i < found.last <= len(words))
