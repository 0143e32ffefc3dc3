"""Partitions as rows of labels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.strategy.partitions import codes, count, every_partition, random_partitions, standard, true_blocs


@pytest.mark.parametrize(
    ("n", "blocs", "neutrals", "rows"),
    [
        (4, 2, False, 8),  # 2 ** 3
        (4, 4, False, 15),  # Bell's number
        (3, 2, True, 5),
        (4, 1, True, 12),  # all partitions of four but the three into two pairs
        (17, 2, False, 65536),  # Axelrod and Bennett 1993: 17 nations
        (9, 2, False, 256),  # 9 firms
    ],
)
def test_count(n, blocs, neutrals, rows):
    assert count(n, blocs, neutrals=neutrals) == rows
    if rows < 1000:
        assert len(every_partition(n, blocs, neutrals=neutrals)) == rows


@given(st.integers(2, 7), st.integers(2, 4), st.booleans())
def test_the_list_is_complete_ordered_and_free_of_doubles(n, blocs, neutrals):
    rows = every_partition(n, blocs, neutrals=neutrals)
    assert len(rows) == count(n, blocs, neutrals=neutrals)
    assert (np.diff(codes(rows, n)) > 0).all()
    assert (standard(rows) == rows).all()
    assert (true_blocs(rows) <= blocs).all()


@given(st.lists(st.integers(0, 5), min_size=2, max_size=8), st.permutations(range(6)))
def test_standard_form_forgets_the_names_of_blocs(labels, names):
    renamed = [names[k] for k in labels]
    assert (standard(np.array([labels])) == standard(np.array([renamed]))).all()


def test_random_partitions_are_in_standard_form_and_repeat_with_their_seed():
    rows = random_partitions(np.random.default_rng(3), 50, 6, 2, neutrals=True)
    assert (standard(rows) == rows).all()
    assert (true_blocs(rows) <= 2).all()
    assert (rows == random_partitions(np.random.default_rng(3), 50, 6, 2, neutrals=True)).all()
