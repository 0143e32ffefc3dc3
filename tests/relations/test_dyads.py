import datetime as dt

import pytest
from tests.conftest import make_coding, make_document, make_event

from worldstage.core.periods import Window
from worldstage.relations.dyads import dyad_rows, dyad_series
from worldstage.relations.measures import Row, moved, partners, volume
from worldstage.store import Store


@pytest.fixture
def rows(tmp_path):
    document = make_document()
    events = [
        make_event(document.id, "CONSULT", ("RUS", "USA"), (), start=0),
        make_event(document.id, "ASSAULT", ("RUS", "FRA"), ("ISIS",), start=10),
        make_event(document.id, "ACCUSE", ("TUR",), ("RUS",), dt.date(2015, 11, 25), start=20),
        make_event(document.id, "ACCUSE", ("TUR",), ("RUS",), dt.date(2015, 11, 24), start=30, status="denied"),
        make_event(document.id, "COERCE", ("RUS",), ("RUS",), start=40),
        make_event(document.id, "COERCE", ("RUS",), ("UKR",), None, start=50),
    ]
    with Store.open(tmp_path / "s.duckdb", create=True) as store:
        store.add_documents([document])
        store.save_codings([make_coding(document, *events)], "test 1")
        store.link_events()
        table = dyad_series(dyad_rows(store.frame("events"), store.frame("event_actors")), unit="week").collect()
    return [tuple(r.values()) for r in table.to_arrow().to_pylist()]


def test_each_pair_of_an_event_is_a_row(rows):
    got = {(a, b, quad, joint, n) for _, a, b, quad, joint, n, _ in rows}
    assert got == {
        ("RUS", "USA", "verbal cooperation", True, 1), ("USA", "RUS", "verbal cooperation", True, 1),
        ("RUS", "ISIS", "material conflict", False, 1), ("FRA", "ISIS", "material conflict", False, 1),
        ("TUR", "RUS", "verbal conflict", False, 1),
    }  # fmt: skip


def test_weeks_begin_on_monday(rows):
    assert {r[0] for r in rows} == {dt.date(2015, 11, 16), dt.date(2015, 11, 23)}


def week(n, a, b, count, quad="verbal cooperation", joint=False, score=2.5):
    return Row(dt.date(2015, 6, 1) + dt.timedelta(weeks=n), a, b, quad, joint, count, score * count)


def test_a_joint_event_counts_once_without_direction_and_twice_with():
    rows = [week(0, "RUS", "USA", 1, joint=True), week(0, "USA", "RUS", 1, joint=True)]
    assert volume(rows, [dt.date(2015, 6, 1)]).tolist() == [1]
    assert partners(rows, "RUS") == partners([week(0, "RUS", "USA", 1)], "RUS") == [("USA", 1)]


def test_moved_tells_counts_scores_and_shares():
    rows = [week(n, "RUS", "FRA", 1) for n in range(10)] + [week(n, "USA", "GBR", 3) for n in range(20)]
    rows += [week(n, "FRA", "RUS", 6, "material cooperation", score=9.5) for n in range(10, 20)]
    window = Window(dt.date(2015, 6, 1), dt.date(2015, 10, 18))
    m = moved(rows, "RUS", "FRA", shock=dt.date(2015, 8, 10), window=window, unit="week")
    assert (m.outcomes["all"].before, m.outcomes["all"].after) == (10, 60)
    assert m.outcomes["cooperation"].verdict == "rose"
    assert m.outcomes["conflict"].verdict == "too few to tell"
    assert (m.score_before, m.score_after) == (2.5, 9.5)
    assert m.share_before == pytest.approx(10 / 40)
    assert m.share_after == pytest.approx(60 / 90)
    assert moved(rows, "RUS", None, shock=dt.date(2015, 8, 10), window=window, unit="week").outcomes["all"].after == 60
    assert (
        moved(rows, "RUS", "FRA", shock=dt.date(2015, 8, 10), window=window, unit="week", directed=True)
        .outcomes["all"]
        .after
        == 0
    )
