import datetime as dt
from collections import Counter

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossier.conftest import NAMES, make_event

from worldstage.core.records import Actor
from worldstage.dossier.dyads import ALL, by_pair, codes_of, pair, pairs

CODES = st.sampled_from(["RUS", "TUR", "FRA", "USA", None])
SIDE = st.lists(CODES.map(lambda c: Actor(c, c or "nobody")), max_size=3)


def test_those_who_act_are_paired_with_those_who_receive():
    event = make_event(actors=(Actor("RUS", ""), Actor("FRA", "")), recipients=(Actor("ISIS", ""), Actor(None, "")))
    assert pairs(event) == {("ISIS", "RUS"), ("FRA", "ISIS")}


def test_in_a_meeting_all_are_paired():
    event = make_event(actors=(Actor("RUS", ""), Actor("FRA", ""), Actor("USA", "")), recipients=())
    assert pairs(event) == {("FRA", "RUS"), ("RUS", "USA"), ("FRA", "USA")}


def test_nobody_is_paired_with_themselves_or_with_the_unknown():
    russia = Actor("RUS", "")
    assert pairs(make_event(actors=(russia,), recipients=(russia,))) == set()
    assert pairs(make_event(actors=(russia,), recipients=(Actor(None, ""),))) == set()


@settings(deadline=None)
@given(st.lists(st.tuples(SIDE, SIDE), min_size=1, max_size=6))
def test_the_lists_hold_the_events_that_the_series_count(sides):
    """The numbers of `worldstage.relations` and the lists of the dossier must not come apart."""
    import narwhals as nw

    from worldstage.relations.dyads import dyad_rows

    events = [make_event(actors=a, recipients=r, id=f"e{n}") for n, (a, r) in enumerate(sides)]
    day = dt.date(2015, 11, 25)
    table = pa.table(
        {
            **{name: pa.array([e.id for e in events]) for name in ("id", "cluster")},
            "document": ["d"] * len(events),
            "status": ["occurred"] * len(events),
            **{name: pa.array([day] * len(events)) for name in ("date", "week", "month")},
            "quad": [e.quad for e in events],
            "type": [e.type for e in events],
            "score": [e.score for e in events],
        }
    )
    parties = [
        (e.id, side, a.code)
        for e in events
        for side, actors in (("actor", e.actors), ("recipient", e.recipients))
        for a in actors
    ]
    sided = pa.table(
        {
            "event": pa.array([p[0] for p in parties], pa.string()),
            "document": pa.array(["d"] * len(parties), pa.string()),
            "side": pa.array([p[1] for p in parties], pa.string()),
            "code": pa.array([p[2] for p in parties], pa.string()),
        }
    )
    rows = dyad_rows(nw.from_native(table, eager_only=True), nw.from_native(sided, eager_only=True)).rows(named=True)
    counted = {(row["event"], pair(row["a"], row["b"])) for row in rows}
    listed = {(e.id, key) for key, found in by_pair(events).items() for e in found}
    assert listed == counted
    assert Counter(key for _, key in listed) == Counter({k: len(v) for k, v in by_pair(events).items()})


def test_a_row_says_whom_it_is_about_or_its_label_does():
    assert codes_of({"a": "RUS", "b": "TUR", "dyad": "whatever"}, NAMES, "RUS") == ("RUS", "TUR")
    assert codes_of({"dyad": "Russia – Turkey"}, NAMES, "RUS") == ("RUS", "TUR")
    assert codes_of({"dyad": "Russia → Islamic State"}, NAMES, "RUS") == ("RUS", "ISIS")
    assert codes_of({"dyad": "Russia, all relations"}, NAMES, "RUS") == ("RUS", ALL)
    assert codes_of({"dyad": "Russia – Atlantis"}, NAMES, "RUS") is None
    assert codes_of({"dyad": "Russia – Turkey"}, NAMES, None) is None
