"""Measures of place in a graph: known values, networkx as oracle, independence of the order of nodes."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worldstage.roles.blocs import advantage, blocs, modularity
from worldstage.roles.centrality import betweenness, constraint, eigenvector, mediations, pagerank


def table(graph, weight="weight"):
    return nx.to_numpy_array(graph, weight=weight)


def two_cliques(size=5):
    """Two cliques joined by one edge between nodes 0 and `size`."""
    graph = nx.disjoint_union(nx.complete_graph(size), nx.complete_graph(size))
    graph.add_edge(0, size)
    return table(graph)


@st.composite
def weights(draw, most=9):
    n = draw(st.integers(3, most))
    upper = draw(st.lists(st.integers(0, 5), min_size=n * (n - 1) // 2, max_size=n * (n - 1) // 2))
    out = np.zeros((n, n))
    # Few edges leave graphs in pieces, many weights alike make ties.
    out[np.triu_indices(n, 1)] = [max(0, w - 2) for w in upper]
    return out + out.T


def test_star():
    star = table(nx.star_graph(5))
    assert betweenness(star).tolist() == [1, 0, 0, 0, 0, 0]
    assert eigenvector(star)[0] == pytest.approx(1 / np.sqrt(2), abs=1e-6)
    assert constraint(star)[0] == pytest.approx(1 / 5)
    assert constraint(star)[1] == pytest.approx(1.0)


def test_path():
    path = table(nx.path_graph(5))
    # Pairs through the middle: 2 x 2 of 6; through the second: 3 of 6.
    assert betweenness(path) == pytest.approx([0, 1 / 2, 2 / 3, 1 / 2, 0])


def test_the_bridge_between_two_cliques_brokers():
    found = two_cliques()
    between, held = betweenness(found), constraint(found)
    # Node 0 lies between its 4 fellows and the 5 others: 20 of the 36 pairs.
    assert between[0] == between[5] == pytest.approx(20 / 36)
    assert not np.delete(between, [0, 5]).any()
    assert held[0] < np.delete(held, [0, 5]).min()


def test_nothing_from_nothing():
    empty = np.zeros((4, 4))
    for f in (betweenness, eigenvector):
        assert not f(empty).any()
    assert pagerank(empty) == pytest.approx([0.25] * 4)
    assert np.isnan(constraint(empty)).all()
    assert len(pagerank(np.zeros((0, 0)))) == len(betweenness(np.zeros((0, 0)))) == 0


@settings(deadline=None, max_examples=60)
@given(weights())
def test_as_networkx(found):
    graph = nx.from_numpy_array(found)
    order = range(len(found))

    def listed(values):
        return np.array([values[i] for i in order])

    # The weights serve as distances here: whole numbers, so that both find the same ties.
    assert betweenness(found) == pytest.approx(listed(nx.betweenness_centrality(graph, weight="weight")), abs=1e-12)
    assert pagerank(found) == pytest.approx(
        listed(nx.pagerank(graph, weight="weight", tol=1e-11, max_iter=1000)), abs=1e-9
    )
    assert constraint(found) == pytest.approx(listed(nx.constraint(graph, weight="weight")), abs=1e-12, nan_ok=True)


@settings(deadline=None, max_examples=30)
@given(st.integers(3, 12), st.integers(0, 10_000))
def test_eigenvector_as_networkx(n, seed):
    # Connected, so that there is one answer.
    graph = nx.random_labeled_tree(n, seed=seed)
    rng = np.random.default_rng(seed)
    for edge in graph.edges:
        graph.edges[edge]["weight"] = float(rng.integers(1, 5))
    oracle = nx.eigenvector_centrality_numpy(graph, weight="weight")
    assert eigenvector(table(graph)) == pytest.approx([abs(oracle[i]) for i in range(n)], abs=1e-4)


@settings(deadline=None, max_examples=30)
@given(weights(), st.randoms(use_true_random=False))
def test_the_order_of_nodes_does_not_matter(found, random):
    order = list(range(len(found)))
    random.shuffle(order)
    turned = found[np.ix_(order, order)]
    for f in (betweenness, pagerank, constraint):
        assert f(turned) == pytest.approx(f(found)[order], abs=1e-9, nan_ok=True)


def test_mediations():
    talks, conflicts = np.zeros((2, 5, 5))
    for a, b in ((0, 1), (0, 2), (0, 3), (4, 1)):
        talks[a, b] = talks[b, a] = 1
    for a, b in ((1, 2), (2, 3), (0, 3)):
        conflicts[a, b] = conflicts[b, a] = 2
    # 0 talks with both sides of 1-2 and 2-3; that it has a conflict of its own with 3 is no mediation.
    assert mediations(talks, conflicts).tolist() == [2, 0, 0, 0, 0]


def test_blocs_of_two_hostile_camps():
    net = np.full((8, 8), -1.0)
    net[:4, :4] = net[4:, 4:] = 2.0
    np.fill_diagonal(net, 0.0)
    label = blocs(net)
    assert len(set(label[:4])) == len(set(label[4:])) == 1
    assert label[0] != label[4]


def test_an_isolated_actor_stands_alone():
    net = np.zeros((5, 5))
    net[:3, :3] = 1.0
    net[0, 3] = net[3, 0] = -1.0
    np.fill_diagonal(net, 0.0)
    label = blocs(net)
    assert np.bincount(label).tolist() == [3, 1, 1]


@settings(deadline=None, max_examples=40)
@given(weights(7), st.integers(0, 100))
def test_blocs_are_no_worse_than_simple_splits(found, seed):
    rng = np.random.default_rng(seed)
    sign = np.triu(rng.choice([-1.0, 1.0], size=found.shape), 1)
    net = found * (sign + sign.T)
    best = modularity(net, blocs(net))
    assert best >= modularity(net, np.arange(len(net))) - 1e-12
    assert best >= modularity(net, np.zeros(len(net), dtype=int)) - 1e-9 or _local(net)


def _local(net):
    """Whether no single move and no union helps the split found: moves alone may miss the best one."""
    gain, label = advantage(net), blocs(net)
    ties = np.stack([gain[:, label == b].sum(1) for b in range(label.max() + 1)], 1)
    return bool((ties.max(1) <= ties[np.arange(len(label)), label] + 1e-9).all())
