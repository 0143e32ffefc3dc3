import datetime as dt

import pytest

from worldstage.core.records import SECTORS, STATUSES, Range
from worldstage.dossier import words
from worldstage.reference.plover import TYPES


def test_every_type_sector_and_status_has_words():
    assert set(words.TYPES) == set(TYPES)
    assert set(words.SECTORS) == set(SECTORS)
    assert set(words.STATUSES) == set(STATUSES)
    assert set(words.STATUS_MEANINGS) == set(STATUSES) - {"occurred"}


def test_modes_in_the_table_are_modes_of_plover():
    assert set(words.MODES) <= {mode for kind in TYPES.values() for mode in kind.modes}


def test_types_with_modes_read_as_words():
    assert words.event_type("ASSAULT", ("aerial",)) == "Attack (from the air)"
    assert words.event_type("MOBILIZE", ("troops", "weapons")) == "Mobilisation (troops, weapons)"
    assert words.event_type("AGREE") == "Agreement"
    assert words.event_type("SOME_OTHER") == "Some other"


@pytest.mark.parametrize(("n", "said"), [(0, "0 events"), (1, "1 event"), (2, "2 events"), (2000, "2,000 events")])
def test_plurals(n, said):
    assert words.plural(n, "event") == said


def test_plurals_that_take_no_s():
    assert words.plural(2, "country", "countries") == "2 countries"


@pytest.mark.parametrize(
    ("n", "decimals", "said"),
    [
        (-0.4, None, "−0.4"),
        (-0.02, 1, "0.0"),
        (1234.5, 1, "1,234.5"),
        (3.0, None, "3"),
        (-3, 0, "−3"),
        (0.0, 2, "0.00"),
    ],
)
def test_numbers_have_true_minus_signs_and_no_negative_zero(n, decimals, said):
    assert words.number(n, decimals) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Range(4, None), "at least 4"), (Range(None, 10), "up to 10"), (Range(4, 6), "4 to 6"), (Range(4, 4), "4"),
        (Range(0, 0), "0"), (Range(None, None), ""), (None, ""),
    ],
)  # fmt: skip
def test_counts(found, said):
    assert words.count(found) == said


@pytest.mark.parametrize(
    ("precision", "said"),
    [
        ("day", "2 November 2015"),
        ("week", "week of 2 November 2015"),
        ("month", "November 2015"),
        ("year", "2015"),
        ("unknown", "date not known"),
    ],
)
def test_a_date_is_told_as_exactly_as_it_is_known(precision, said):
    assert words.moment(dt.date(2015, 11, 2), precision) == said
    assert words.moment(None, precision) == "date not known"


@pytest.mark.parametrize(("value", "word"), [(0.8, "high"), (0.79, "fair"), (0.5, "fair"), (0.49, "low")])
def test_confidence_has_stated_bounds(value, word):
    assert words.confidence(value) == f"{word} ({value:.2f})"


def test_firmness_runs_from_hedged_to_flat():
    found = [words.firmness(v) for v in (0, 0.2, 0.4, 0.6, 0.8, 1)]
    assert found == ["hedged", "cautious", "plain", "firm", "flat", "flat"]


def test_lists():
    assert [words.listed(list(x)) for x in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]
    assert words.spelt(6) == "six"
    assert words.spelt(11) == "11"
