import datetime as dt

import narwhals as nw
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worldstage.core.errors import ConfigError
from worldstage.relations.volume import distinct_events, repeats, reporting

DAY = dt.date(2015, 11, 17)

TEXT = ("id", "type", "place", "dataset", "publisher")
EVENTS = pa.schema([*((t, pa.string()) for t in TEXT), *((d, pa.date32()) for d in ("date", "week", "month"))])


def _tables(told):
    """Events as (id, type, place, dataset, actors, recipients)."""
    events = [
        {"id": i, "type": kind, "place": place, "dataset": dataset, "date": day, "week": DAY, "publisher": "p",
         "month": DAY.replace(day=1)}
        for i, kind, place, dataset, day, _, _ in told
    ]  # fmt: skip
    parties = [
        {"event": i, "side": side, "code": code, "sector": "GOV"}
        for i, *_, actors, recipients in told
        for side, codes in (("actor", actors), ("recipient", recipients))
        for code in codes
    ]
    schema = pa.schema([("event", pa.string()), ("side", pa.string()), ("code", pa.string()), ("sector", pa.string())])
    return (
        nw.from_native(pa.Table.from_pylist(events, schema=EVENTS)).lazy(),
        nw.from_native(pa.Table.from_pylist(parties, schema=schema)).lazy(),
    )


TOLD = [
    ("a", "CONSULT", "Paris", "ICEWS", DAY, ["RUS"], ["FRA"]),
    ("b", "CONSULT", "Paris", "GDELT", DAY, ["RUS"], ["FRA"]),
    ("c", "CONSULT", "Nice", "GDELT", DAY, ["RUS"], ["FRA"]),
    ("d", "CONSULT", None, "GDELT", DAY, ["FRA"], ["RUS"]),
    ("e", "AID", "Paris", "GDELT", DAY, ["RUS"], ["FRA"]),
    ("f", "CONSULT", "Paris", "GDELT", DAY + dt.timedelta(1), ["RUS"], ["FRA"]),
    ("g", "CONSULT", "Paris", "GDELT", DAY, ["RUS", "FRA"], []),
    ("h", "CONSULT", "Paris", "GDELT", DAY, ["FRA", "RUS"], []),
    ("i", "CONSULT", "Paris", "GDELT", DAY, [None], []),
    ("j", "CONSULT", "Paris", "GDELT", DAY, [None], []),
]


def _ids(frame):
    return sorted(frame.collect()["id"].to_list())


@pytest.mark.parametrize(
    ("keep", "left"), [("none", "abcdefghij"), ("one-a-day", "adefgij"), ("near-duplicates", "acdefgij")]
)
def test_the_first_of_those_that_agree_stays(keep, left):
    assert _ids(distinct_events(*_tables(TOLD), keep)) == sorted(left)


def test_repeats_are_counted_by_data_set():
    found = repeats(*_tables(TOLD)).collect().to_arrow().to_pylist()
    assert found == [
        {"dataset": "GDELT", "events": 9, "one_a_day": 3, "near_duplicates": 2},
        {"dataset": "ICEWS", "events": 1, "one_a_day": 0, "near_duplicates": 0},
    ]


def test_an_unknown_filter():
    with pytest.raises(ConfigError):
        distinct_events(*_tables(TOLD), "all")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["CONSULT", "AID"]), st.sampled_from([None, "x", "y"]),
                  st.lists(st.sampled_from("ABC"), min_size=1, max_size=2, unique=True),
                  st.lists(st.sampled_from("ABC"), max_size=1)),
        min_size=1, max_size=25,
    )
)  # fmt: skip
def test_as_many_stay_as_there_are_different_ones(drawn):
    told = [(f"{n:03}", kind, place, "D", DAY, a, r) for n, (kind, place, a, r) in enumerate(drawn)]
    different = {(kind, place or "", tuple(sorted(a)), tuple(r)) for kind, place, a, r in drawn}
    assert len(_ids(distinct_events(*_tables(told), "near-duplicates"))) == len(different)
    once = distinct_events(*_tables(told), "near-duplicates")
    assert _ids(distinct_events(once, _tables(told)[1], "near-duplicates")) == _ids(once)


def test_volume_counts_what_tells_no_event():
    events, _ = _tables(TOLD)
    reports = nw.from_native(
        pa.Table.from_pylist(
            [{"date": DAY, "week": DAY, "month": DAY.replace(day=1), "dataset": "GDELT", "publisher": None}]
        )
    ).lazy()
    by_day = reporting(events, reports, unit="day").collect().to_arrow().to_pylist()
    assert [r["volume"] for r in by_day] == [10, 1]
    by_set = reporting(events, reports, unit="month", by=("dataset",)).collect().to_arrow().to_pylist()
    assert {r["dataset"]: r["volume"] for r in by_set} == {"GDELT": 10, "ICEWS": 1}
