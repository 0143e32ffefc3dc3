"""Structural balance: the Highland tribes, brute force on small graphs, symmetries, and bounds without time."""

import time

import numpy as np
import pytest
from benchmarks.coalitions import alliances_and_rivalries, random_signs
from hypothesis import given, settings
from hypothesis import strategies as st

from worldstage.strategy import cutting
from worldstage.strategy.balance import balance, frustration
from worldstage.strategy.coalition_tables import signed_edges
from worldstage.strategy.partitions import every_partition
from worldstage.strategy.relaxation import semidefinite_bound
from worldstage.strategy.signed_graph import contract, frustrated, neighbours, numbered, sides, undo

# Read 1954: sixteen groups of the central highlands of New Guinea; alliances and enmities.
FRIENDS = """Gavev-Kotun Gavev-Nagad Gavev-Gama Kotun-Nagad Kotun-Gama Ove-Alika Ove-Gahuk Ove-Masil Ove-Ukudz
Alika-Ukudz Nagam-Masil Nagam-Notoh Nagam-Seuve Gahuk-Masil Gahuk-Ukudz Gahuk-Geham Gahuk-Asaro
Masil-Ukudz Masil-Geham Masil-Asaro Masil-Uheto Ukudz-Geham Ukudz-Asaro Notoh-Kohik Notoh-Uheto
Kohik-Uheto Geham-Asaro Uheto-Seuve Nagad-Gama"""
FOES = """Gavev-Ove Gavev-Alika Gavev-Nagam Gavev-Gahuk Gavev-Asaro Kotun-Ove Kotun-Nagam Kotun-Gahuk Kotun-Notoh
Kotun-Kohik Nagam-Nagad Nagam-Gama Gahuk-Notoh Gahuk-Uheto Gahuk-Gama Ukudz-Seuve Notoh-Geham Notoh-Nagad
Kohik-Geham Kohik-Nagad Geham-Uheto Geham-Nagad Geham-Gama Asaro-Seuve Asaro-Nagad Asaro-Gama Uheto-Nagad Uheto-Gama
Seuve-Gama"""


def tribes():
    ties = [(*t.split("-"), 1) for t in FRIENDS.split()] + [(*t.split("-"), -1) for t in FOES.split()]
    return signed_edges(ties)


@st.composite
def graphs(draw, most=7):
    n = draw(st.integers(3, most))
    signs = draw(st.lists(st.sampled_from([-1, 0, 1, -1, 1]), min_size=n * (n - 1) // 2, max_size=n * (n - 1) // 2))
    pairs = [(i, j) for i in range(n) for j in range(i)]
    edges = [(f"A{i}", f"A{j}", s) for (i, j), s in zip(pairs, signs, strict=True) if s]
    return signed_edges(edges or [("A0", "A1", 1)])


def least(edges, two):
    rows = every_partition(len(edges.names), 2 if two else len(edges.names))
    same = rows[:, edges.ends[:, 0]] == rows[:, edges.ends[:, 1]]
    return int((same == (edges.signs < 0)).sum(axis=1).min())


def counted(edges, found):
    place = {name: k for k, bloc in enumerate(found.blocs) for name in bloc}
    return [
        (edges.names[a], edges.names[b], int(s))
        for (a, b), s in zip(edges.ends, edges.signs, strict=True)
        if (place[edges.names[a]] == place[edges.names[b]]) == (s < 0)
    ]


def test_highland_tribes_as_published():
    found = balance(tribes())
    assert (found.actors, found.positive, found.negative) == (16, 29, 29)
    assert (found.two.frustration, found.two.optimal, found.two.gap) == (7, True, 0)
    assert set(found.two.blocs[1]) == {"Gavev", "Kotun", "Nagad", "Gama"}
    assert (found.any.frustration, found.any.optimal, len(found.any.blocs)) == (2, True, 3)
    assert [len(b) for b in found.any.blocs] == [7, 5, 4]
    assert {frozenset(t[:2]) for t in found.any.frustrated} == {
        frozenset({"Masil", "Nagam"}),
        frozenset({"Masil", "Uheto"}),
    }
    # As the R package signnet prints them.
    assert (found.balanced_triangles, found.triangles) == (59, 68)
    assert found.walk_balance == pytest.approx(0.3575761)
    assert found.score == pytest.approx(0.7586207)


@settings(max_examples=60, deadline=None)
@given(graphs(), st.booleans())
def test_the_index_is_that_of_trying_all_divisions(edges, two):
    found = frustration(edges, two=two)
    assert found.frustration == found.bound == least(edges, two)
    assert found.optimal
    assert sorted(found.frustrated) == sorted(counted(edges, found))
    assert sorted(n for b in found.blocs for n in b) == sorted(edges.names)
    if two:
        assert len(found.blocs) <= 2


@settings(max_examples=25, deadline=None)
@given(graphs(), st.data())
def test_turning_an_actor_round_leaves_the_two_bloc_index(edges, data):
    chosen = data.draw(st.sets(st.sampled_from(edges.names)))
    turned = signed_edges(
        [
            (
                edges.names[a],
                edges.names[b],
                int(s) * (-1 if (edges.names[a] in chosen) != (edges.names[b] in chosen) else 1),
            )
            for (a, b), s in zip(edges.ends, edges.signs, strict=True)
        ]
    )
    assert frustration(turned, two=True).frustration == frustration(edges, two=True).frustration


@settings(max_examples=25, deadline=None)
@given(graphs())
def test_changing_the_ties_named_restores_balance(edges):
    for two in (True, False):
        bad = {t[:2] for t in frustration(edges, two=two).frustrated}
        mended = signed_edges(
            [
                (edges.names[a], edges.names[b], int(-s if (edges.names[a], edges.names[b]) in bad else s))
                for (a, b), s in zip(edges.ends, edges.signs, strict=True)
            ]
        )
        assert frustration(mended, two=two).frustration == 0


@settings(max_examples=40, deadline=None)
@given(graphs(), st.booleans())
def test_contraction_loses_no_best_division(edges, two):
    graph = neighbours(edges.ends, edges.signs)
    steps, unavoidable = contract(graph, two=two)
    left = [(a, b) for a, ties in graph.items() for b in ties if a < b]
    if not left:
        labels = sides(graph, (), two=two)
        undo(steps, labels)
        against = sum(
            (labels[int(a)] == labels[int(b)]) == (s < 0) for (a, b), s in zip(edges.ends, edges.signs, strict=True)
        )
        assert against == unavoidable == least(edges, two)
    else:
        assert unavoidable <= least(edges, two)


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_the_relaxation_is_a_bound(edges):
    part = numbered(neighbours(edges.ends, edges.signs), [tuple(map(int, e)) for e in edges.ends])
    assert semidefinite_bound(part) <= least(edges, two=True) + 1e-6


@pytest.mark.parametrize("two", [True, False])
@pytest.mark.parametrize("seed", range(6))
def test_cutting_and_branching_find_the_optimum_with_a_poor_start(monkeypatch, two, seed):
    # With local search silenced, the linear program and HiGHS have to find and to prove it alone.
    edges = random_signs(9, density=0.8, negative=0.5, seed=seed)
    part = numbered(neighbours(edges.ends, edges.signs), [tuple(map(int, e)) for e in edges.ends])
    monkeypatch.setattr(cutting, "search", lambda part, **_: np.zeros(len(part.vertices), dtype=np.int64))
    monkeypatch.setattr(cutting, "semidefinite_bound", lambda *_, **__: 0.0)
    labels, bound = cutting.solve(part, two=two, deadline=time.monotonic() + 60)
    assert bound == int(frustrated(part, labels).sum()) == least(edges, two)


@pytest.mark.parametrize("seed", range(3))
def test_dense_random_signs_against_all_divisions(seed):
    edges = random_signs(13, density=0.7, negative=0.5, seed=seed)
    assert frustration(edges, two=True).frustration == least(edges, two=True)
    edges = random_signs(9, density=0.9, negative=0.4, seed=seed)
    assert frustration(edges, two=False).frustration == least(edges, two=False)


def test_all_against_all():
    # Thirty foes: two halves are best, and the relaxation proves it; alone, each is content.
    edges = signed_edges([(str(i), str(j), -1) for i in range(30) for j in range(i)])
    found = balance(edges)
    assert (found.two.frustration, found.two.optimal) == (2 * (15 * 14 // 2), True)
    assert (found.any.frustration, len(found.any.blocs)) == (0, 30)


def test_a_planted_division_is_found():
    rng = np.random.default_rng(0)
    camp = rng.integers(0, 3, 40)
    edges = signed_edges(
        [(str(i), str(j), 1 if camp[i] == camp[j] else -1) for i in range(40) for j in range(i) if rng.random() < 0.4]
    )
    assert frustration(edges, two=False).frustration == 0
    assert frustration(edges, two=True).optimal


@pytest.mark.parametrize("kind", ["calm", "usual", "tense"])
def test_graphs_of_150_states_are_solved(kind):
    edges = alliances_and_rivalries(150, seed=1, kind=kind)
    two = frustration(edges, two=True, seconds=30)
    assert two.optimal
    whole = frustration(edges, two=False, seconds=30)
    assert whole.optimal
    assert whole.frustration <= two.frustration


def test_without_time_there_is_a_division_a_bound_and_a_gap():
    edges = random_signs(60, density=0.4, negative=0.5, seed=0)
    found = frustration(edges, two=True, seconds=0.1)
    assert not found.optimal
    assert 0 < found.bound < found.frustration
    assert found.gap == found.frustration - found.bound
    assert len(found.frustrated) == found.frustration == len(counted(edges, found))
