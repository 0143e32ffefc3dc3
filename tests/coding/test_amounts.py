"""Numbers as a text puts them."""

import pytest
from tests.coding.views import tokens_only

from worldstage.coding.amounts import amounts_at


def read(text):
    """The first number of a text: values, bounds, qualifier."""
    view = tokens_only(text)
    for i in range(len(view)):
        found = amounts_at(view, i)
        if found:
            return [(a.value, a.low, a.high, a.qualifier) for a in found]
    return []


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("130 boats", 130, None),
        ("1,250 boats", 1250, None),
        ("3.5 percent", 3.5, None),
        ("twenty-one boats", 21, None),
        ("one hundred and twenty boats", 120, None),
        ("a dozen boats", 12, None),
        ("2.2 million boats", 2.2e6, None),
        ("$ 1.5bn", 1.5e9, None),
        ("half a million boats", 5e5, None),
        ("at least a dozen boats", 12, "at least"),
        ("more than 40 boats", 40, "more than"),
        ("an estimated 10,000 boats", 10_000, "estimated"),
        ("up to $ 3 billion", 3e9, "up to"),
        ("just over 50 boats", 50, "just over"),
        ("a total of 43 boats", 43, None),
        ("minus 20 degrees", -20, None),
        ("60 or more boats", 60, "at least"),
        ("60 or so boats", 60, "about"),
    ],
)
def test_value_and_qualifier(text, value, qualifier):
    assert read(text) == [(value, None, None, qualifier)]


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier"),
    [
        ("between 10 and 15 boats", 10, 15, None),
        ("10-15 boats", 10, 15, None),
        ("415–420 boats", 415, 420, None),
        ("2 to 3 million boats", 2e6, 3e6, None),
        ("about 2,000 to 3,000 boats", 2000, 3000, "about"),
        ("two or three boats", 2, 3, None),
        ("dozens of boats", 24, None, None),
        ("hundreds of thousands of boats", 200_000, None, None),
        ("several hundred boats", 200, None, None),
    ],
)
def test_ranges(text, low, high, qualifier):
    assert read(text) == [(None, low, high, qualifier)]


def test_a_fall_is_two_values():
    assert [value for value, *_ in read("from 72 to 66 percent")] == [72, 66]


@pytest.mark.parametrize("text", ["no number", "the first", "1990s", "9/11", "7:30", "²²²²", "one-sided"])
def test_no_number(text):
    assert read(text) == []
