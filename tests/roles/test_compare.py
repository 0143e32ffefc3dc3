"""Roles before and after: sums and measures of small networks, planted changes, false alarms, what is too few."""

import numpy as np
import pytest
from tests.roles.worlds import events_from, world

from worldstage.reference.plover import QUADS
from worldstage.roles.behind import behind, partners_moved
from worldstage.roles.compare import LEVEL, Comparison, Span, compare
from worldstage.roles.events import LAYERS, Daily, DyadEvents
from worldstage.roles.measures import MEASURES, Windows

COOPERATION, CONFLICT = QUADS.index("verbal cooperation"), QUADS.index("material conflict")
KEYS = [m.key for m in MEASURES]


def value(windows, first, days, actor, key):
    return windows.at(first, days).value[KEYS.index(key), actor]


@pytest.fixture
def small():
    """0 speaks with 1 and 2 and strikes 3; 1 and 2 fight; 4 is never heard of."""
    rows = [
        (0, 0, 1, COOPERATION, 3.0, True), (1, 1, 0, COOPERATION, 5.0, False), (1, 0, 2, COOPERATION, 3.0, True),
        (2, 1, 2, CONFLICT, -9.0, False), (3, 0, 3, CONFLICT, -8.0, False), (9, 3, 4, COOPERATION, 1.0, False),
    ]  # fmt: skip
    return Windows(events_from(rows, list("ABCDE")), powers=("B", "nobody"))


@pytest.mark.parametrize(
    ("key", "expected"),
    [("events", 4), ("share", 4 / 5), ("acts", 3), ("received", 1), ("partners", 3), ("friendly", 2), ("hostile", 1),
     ("hostile_share", 1 / 3), ("reciprocity", 2 / 3), ("betweenness", 2 / 6), ("mediations", 1),
     ("cooperation", 3 / 4), ("tone", -2 / 3)],
)  # fmt: skip
def test_measures_of_a_small_network(small, key, expected):
    assert value(small, 0, 5, 0, key) == pytest.approx(expected)


def test_who_is_absent_counts_nothing(small):
    found = small.at(0, 5)
    assert found.value[KEYS.index("events"), 4] == 0
    assert np.isnan(found.value[KEYS.index("tone"), 4])
    assert found.support[:, 4].sum() == 0


def test_scores_with_powers(small):
    assert small.powers == ("B",)
    found = small.at(0, 5)
    assert found.value[len(MEASURES)][0] == pytest.approx(4.0)
    assert found.value[len(MEASURES)][2] == pytest.approx(-9.0)


def test_joint_events_count_once():
    rows = [(0, 0, 1, COOPERATION, 2.0, True), (0, 1, 0, COOPERATION, 2.0, True)]
    plain = events_from(rows, ["A", "B"])
    joint = DyadEvents(plain.day, plain.a, plain.b, plain.quad, plain.score, plain.talk, np.ones(2, bool),
                       np.zeros(2, dtype=np.int64), plain.names, ["e0"])  # fmt: skip
    tables = dict(zip(LAYERS, Daily.of(joint, 0, 1).tables(), strict=True))
    assert tables["events"].tolist() == [[0, 1], [1, 0]]
    assert tables["acts"].tolist() == [[0, 1], [1, 0]]
    assert Windows(joint).at(0, 1).value[KEYS.index("reciprocity"), 0] == 1


def test_the_order_of_actors_does_not_matter():
    made = world(1, days=60)
    order = np.random.default_rng(0).permutation(len(made.names))
    turned = DyadEvents(made.day, order[made.a], order[made.b], made.quad, made.score, made.talk, made.joint,
                        made.event, made.names, made.ids)  # fmt: skip
    one, two = Windows(made).at(0, 60), Windows(turned).at(0, 60)
    assert two.value[:, order] == pytest.approx(one.value, abs=1e-7, nan_ok=True)


def test_windows_are_of_equal_length_and_inside_the_data():
    span = Span.fitting(500, 0, 540, most=84)
    assert span.days == 41
    assert all(span.first <= t - span.days and t + span.days <= span.shock for t in span.placebos())
    assert Span.fitting(5, 0, 540, most=84).days == 5
    assert Span.fitting(0, 0, 540, most=84).placebos() == []
    assert len(Span(100_000, 30, 0, 100_100).placebos()) <= 200


def test_a_planted_change_is_found():
    made = world(3, planted=(7, 6.0))
    found = {m.measure.key: m for m in compare(Windows(made), 7, Span.fitting(500, 0, 599, most=56), np.ones(25, bool))}
    for key in ("events", "share", "acts"):
        assert found[key].verdict == "rose", key
    assert found["events"].low > 1
    assert found["events"].rank_after < found["events"].rank_before
    assert found["events"].reference == "earlier windows"
    assert found["events"].p == pytest.approx(found["events"].floor)


def test_without_a_past_other_actors_are_the_reference():
    made = world(3, planted=(7, 6.0))
    span = Span.fitting(500, 420, 599, most=80)
    assert span.placebos() == []
    found = {m.measure.key: m for m in compare(Windows(made), 7, span, np.ones(25, bool))}
    assert found["share"].reference == "other actors"
    assert found["share"].verdict == "rose"


@pytest.mark.parametrize("past", [True, False])
def test_no_change_is_rarely_found(past):
    alarms = tested = 0
    for seed in range(4):
        made = world(10 + seed)
        span = Span.fitting(500, 0 if past else 420, 599, most=60 if past else 80)
        comparison = Comparison(Windows(made), span, draws=60, seed=seed)
        for actor in range(25):
            rows = [m for m in comparison.of(actor, np.ones(25, bool)) if m.verdict != "too few to tell"]
            alarms += sum(m.verdict in ("rose", "fell") for m in rows)
            tested += len(rows)
    assert tested > 500
    assert alarms / tested < 1.5 * LEVEL


def test_too_few_to_tell():
    rows = [(day, 0, 1, COOPERATION, 3.0, True) for day in (10, 30, 70, 71, 72)]
    found = compare(Windows(events_from(rows, ["A", "B"])), 0, Span.fitting(50, 0, 99, most=50), np.ones(2, bool))
    assert {m.verdict for m in found} == {"too few to tell"}
    assert found[0].reason == "2 events before, 3 after"
    assert found[0].change is None


def test_many_events_without_a_reference_are_too_few_to_tell():
    rng = np.random.default_rng(0)
    rows = [
        (int(d), int(a), 3, COOPERATION, 3.0, True)
        for d, a in zip(rng.integers(0, 100, 400), rng.integers(0, 3, 400), strict=True)
    ]
    found = compare(Windows(events_from(rows, list("ABCD"))), 0, Span.fitting(50, 0, 99, most=50), np.ones(4, bool))
    assert {m.verdict for m in found} == {"too few to tell"}
    assert "no earlier windows" in found[0].reason


def test_short_windows_are_too_few():
    made = world(3, days=60)
    found = compare(Windows(made), 2, Span.fitting(50, 0, 59, most=84), np.ones(25, bool))
    assert found[0].reason == "windows of 10 days; at least 14 are needed"


def test_the_same_seed_gives_the_same_intervals():
    made = world(3, days=200)
    span = Span.fitting(150, 0, 199, most=50)
    one, two, other = (compare(Windows(made), 2, span, np.ones(25, bool), seed=s) for s in (1, 1, 2))
    assert one == two
    assert one != other


def test_the_events_behind_a_change():
    rows = [(5, 0, 1, COOPERATION, 3.0, True), *((12, 0, 2, CONFLICT, -9.0, False) for _ in range(3))]
    made = events_from(rows, list("ABC"))
    span = Span(10, 10, 0, 19)
    assert [(p.code, p.before, p.after) for p in partners_moved(made, 0, span)] == [("C", 0, 3), ("B", 1, 0)]
    assert set(behind(made, 0, "force", True, span)) == {"e1", "e2", "e3"}
    assert set(behind(made, 0, "cooperation", False, span)) == {"e1", "e2", "e3"}
    assert set(behind(made, 0, "friendly", False, span)) == {"e0"}
