"""What counts as one event, and what events are measured against, with planted duplicates and planted volume."""

import datetime as dt
import json

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import make_coding, make_document, make_event

from worldstage.cli import counting as options
from worldstage.cli.main import root
from worldstage.core.errors import ConfigError
from worldstage.relations.counting import DUPLICATES, OTHERS, VOLUMES, constant_sources, source_exposure
from worldstage.study import Case

SHOCK = dt.date(2015, 11, 13)
PAIRS = (("RUS", "FRA"), ("DEU", "ITA"), ("USA", "GBR"), ("CHN", "JPN"), ("BRA", "ARG"), ("IND", "PAK"))
TYPES = ("CONSULT", "SUPPORT", "ACCUSE", "PROTEST", "AID")


def planted(folder, *, rate, documents=("One", "Two"), copies=1):
    """A case of six pairs; `rate` gives the events per pair, week and publisher, each told by `copies` documents."""
    case = Case.init(folder, focus="RUS", shock=SHOCK)
    rng, start = np.random.default_rng(1), 0
    told = {name: [make_document(f"{name} {i}", publisher=name) for i in range(copies)] for name in documents}
    events = {d.id: [] for ds in told.values() for d in ds}
    for pair in PAIRS:
        for week in range(-52, 12):
            for name, ds in told.items():
                for _ in range(rng.poisson(rate(pair, week, name))):
                    start += 7
                    day = SHOCK + dt.timedelta(days=7 * week + int(rng.integers(7)))
                    kind = TYPES[start % len(TYPES)]
                    for d in ds[: copies if week >= 0 else 1]:
                        event = make_event(d.id, kind, pair[:1], pair[1:], day, start=start, publisher=name)
                        events[d.id].append(event)
    with case.store(write=True) as store:
        # The window goes from the first document to the last.
        ends = [make_document(f"Of {d}.", published=SHOCK + dt.timedelta(days=d)) for d in (-364, 83)]
        store.add_documents([*ends, *(d for ds in told.values() for d in ds)])
        store.save_codings([make_coding(d, *events[d.id]) for ds in told.values() for d in ds], "test 1")
        store.link_events()
    return case


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """Nothing changes, but after the shock each event is told by three documents."""
    return planted(tmp_path_factory.mktemp("copied") / "c", rate=lambda *_: 1.0, documents=("One",), copies=3)


@pytest.fixture(scope="module")
def louder(tmp_path_factory):
    """Nothing changes, but after the shock twice as much is reported."""
    return planted(tmp_path_factory.mktemp("louder") / "c", rate=lambda _, week, __: 2.4 if week >= 0 else 1.2)


@pytest.fixture(scope="module")
def one_louder(tmp_path_factory):
    """One publisher, which alone tells of Russia and France, reports three times as much after the shock."""

    def rate(pair, week, name):
        if name == "Two":
            return 0.0 if pair == PAIRS[0] else 5.0
        return (2.0 if pair == PAIRS[0] else 1.0) * (3 if week >= 0 else 1)

    return planted(tmp_path_factory.mktemp("one") / "c", rate=rate)


def test_planted_copies_are_folded_and_said_to_be(copied):
    merged, kept = (copied.effect(partner="FRA", duplicates=d, full=False) for d in ("merged", "keep"))
    assert merged.verdict == "no clear change"
    assert kept.after.events == 3 * merged.after.events
    p = merged.parameters
    assert p["folded"] == p["tellings"] - p["events"] > 0
    assert f"{p['folded']:,} folded" in p["counted"]
    assert kept.parameters["folded"] == 0
    raw = copied.effect(partner="FRA", duplicates="keep", volume="none", full=False)
    assert raw.verdict == "rose"


def test_relations_fold_the_same(copied):
    merged, kept = (copied.relations(between=("RUS", "FRA"), duplicates=d) for d in ("merged", "keep"))
    assert kept.table.rows[0]["after"] == 3 * merged.table.rows[0]["after"]
    assert merged.parameters["folded"] == copied.effect(partner="FRA", full=False).parameters["folded"]


def test_one_a_day_counts_no_more_than_merged(copied):
    numbers = [
        copied.relations(duplicates=d).parameters["events"] for d in ("keep", "merged", "near-duplicates", "one-a-day")
    ]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[2] < numbers[1] < numbers[0]


@pytest.mark.parametrize("volume", ["total", "source"])
def test_doubled_reporting_does_not_look_like_a_rise(louder, volume):
    assert louder.effect(partner="FRA", volume=volume, full=False).verdict == "no clear change"
    assert louder.relations(volume=volume).table.rows[1]["verdict"] == "no clear change"
    assert louder.effect(partner="FRA", volume="none", full=False).verdict == "rose"
    assert louder.relations(volume="none").table.rows[0]["verdict"] == "rose"


def test_one_source_that_doubles_is_seen_through_by_source_only(one_louder):
    ratios = {v: one_louder.effect(partner="FRA", volume=v, full=False).ratio.estimate for v in ("total", "source")}
    assert ratios["total"] > 1.7
    assert 0.6 < ratios["source"] < 1.5
    assert one_louder.effect(partner="FRA", volume="source", full=False).verdict == "no clear change"
    rows = {v: one_louder.relations(between=("RUS", "FRA"), volume=v).table.rows[0] for v in ("total", "source")}
    assert rows["total"]["verdict"] == "rose"
    assert rows["source"]["verdict"] == "no clear change"
    assert one_louder.relations(volume="source").parameters["sources"] == ["One", "Two"]


def test_a_source_that_begins_with_the_shock_is_left_out(tmp_path):
    case = planted(tmp_path / "c", rate=lambda _, week, name: 1.0 if name == "One" or week >= 0 else 0.0)
    found = case.effect(partner="FRA", volume="source", full=False)
    assert found.verdict == "no clear change"
    assert found.parameters["sources"] == ["One"]
    assert found.parameters["left_out"] > 0
    assert case.relations(volume="source").parameters["sources"] == ["One"]
    assert "left out" in found.parameters["counted"]


def test_a_scan_counts_the_same_way(copied):
    by_source = copied.scan(volume="source", duplicates="one-a-day")
    assert by_source.parameters["duplicates"] == "one-a-day"
    assert copied.scan(volume="none", duplicates="keep").parameters["moved"] == 1
    assert by_source.parameters["moved"] == 0


@pytest.mark.parametrize("verb", ["relations", "effect"])
def test_the_options_and_what_is_said(copied, verb):
    def run(*arguments):
        return CliRunner().invoke(root, ["-C", str(copied.folder), verb, *arguments])

    told = json.loads(run("--duplicates", "one-a-day", "--volume", "source", "--json").stdout)["parameters"]
    assert (told["duplicates"], told["volume"], told["normalised"]) == ("one-a-day", "source", True)
    assert "folded" in run("--duplicates", "merged").stdout
    assert json.loads(run("--raw", "--json").stdout)["parameters"]["volume"] == "none"
    assert isinstance(run("--raw", "--volume", "source").exception, ConfigError)
    assert run("--volume", "loud").exit_code == 2


def test_unknown_words(copied):
    for wrong in ({"volume": "loud"}, {"duplicates": "some"}):
        with pytest.raises(ConfigError):
            copied.relations(**wrong)
        with pytest.raises(ConfigError):
            copied.effect(partner="FRA", **wrong)


def test_small_sources_are_taken_together():
    assert set(constant_sources({"a": (40, 40), "b": (30, 30)}, least=100).values()) == {OTHERS}


def test_sources_on_one_side_only_and_small_ones():
    found = constant_sources({"big": (500, 400), "new": (0, 300), "gone": (90, 0), "a": (5, 1), "b": (2, 9)})
    assert found == {"big": "big", "a": OTHERS, "b": OTHERS}
    assert constant_sources({}) == {}


@given(st.lists(st.integers(1, 50), min_size=4, max_size=4), st.floats(0.5, 3))
def test_an_exposure_follows_its_sources(told, factor):
    reported = np.ones((2, 10))
    reported[0, 6:] *= factor
    found = source_exposure(np.array([told[:2], [0, 7]], dtype=float), reported, 6)
    assert found[:, :6] == pytest.approx(1)
    assert found[0, 6:] == pytest.approx((told[0] * factor + told[1]) / (told[0] + told[1]))
    assert found[1, 6:] == pytest.approx(1)


def test_the_options_offer_what_can_be_counted():
    assert (options._VOLUMES, options._DUPLICATES) == (VOLUMES, DUPLICATES)
