import datetime as dt
import subprocess
import sys

import pytest
from tests.conftest import make_coding, make_document, make_event

from worldstage.core.errors import StoreError
from worldstage.core.records import Evidence as Ev
from worldstage.core.records import Figure, Mention, Place, Range, Skipped, Statement
from worldstage.store import EventFilter, Store


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "case.duckdb", create=True) as opened:
        yield opened


def saved(store, *events, document=None, coder="test 1", **parts):
    document = document or make_document()
    store.add_documents([document])
    coding = make_coding(document, *events)
    from dataclasses import replace

    store.save_codings([replace(coding, **parts)], coder)
    store.link_events()
    return document


def test_adding_twice_adds_nothing(store):
    document = make_document()
    assert store.add_documents([document, document]) == (1, 1)
    assert store.add_documents([document]) == (0, 1)
    assert store.documents() == [document]


def test_events_come_back_as_they_were_saved(store):
    document = make_document()
    event = make_event(
        document.id,
        mode=("phone",),
        context=("military",),
        place=Place("Raqqa", "SYR", 35.95, 39.01),
        deaths=Range(4, None),
        attribution="the ministry",
        confidence=0.75,
    )
    saved(store, event, document=document)
    assert store.events() == [event]


def test_statements_figures_and_mentions_come_back(store):
    document = make_document()
    actor = make_event(document.id).actors[0]
    evidence = Ev(document.id, 0, 5, "words")
    statement = Statement("s1", actor, "we will", True, "say", 0.9, evidence, date=dt.date(2015, 11, 17))
    figure = Figure("f1", "percent", "approve", evidence, value=58.0, source="a pollster")
    saved(
        store,
        document=document,
        statements=(statement,),
        figures=(figure,),
        mentions=(Mention("Moscow", "RUS", 2, "capital"),),
    )
    assert store.statements() == [statement]
    assert store.statements(speaker="FRA") == []
    assert store.figures() == [figure]
    assert store.mentions() == [Mention("Moscow", "RUS", 2, "capital")]


def test_coding_again_replaces(store):
    document = make_document()
    saved(store, make_event(document.id), document=document)
    saved(store, make_event(document.id, "ASSAULT"), document=document)
    assert [e.type for e in store.events()] == ["ASSAULT"]
    assert store.counts()["event_actors"] == 2


def test_pending_until_coded_by_this_version(store):
    document, foreign = make_document(), make_document("Ein Bericht über zwei Staaten.", language="de")
    store.add_documents([document, foreign])
    assert [d.id for d in store.pending("test 1")] == [document.id]
    store.save_codings([make_coding(document)], "test 1")
    assert store.count_pending("test 1") == 0
    assert store.count_pending("test 2") == 1


def test_an_event_told_by_two_documents_is_one_with_two_sources(store):
    one, two = make_document("first report here", published=dt.date(2015, 11, 17)), make_document("second report here")
    saved(store, make_event(one.id, place=Place("Paris", "FRA")), document=one)
    saved(store, make_event(two.id), document=two)
    (event,) = store.events()
    assert {e.document for e in event.evidence} == {one.id, two.id}
    assert event.place.name == "Paris"
    assert store.counts()["events"] == 2
    assert store.counts()["distinct_events"] == 1


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "ASSAULT"},
        {"date": dt.date(2015, 11, 18)},
        {"status": "planned"},
        {"recipients": ("USA",)},
        {"place": Place("Vienna", "AUT")},
    ],
)
def test_events_that_differ_stay_apart(store, other):
    one, two = make_document("first report here"), make_document("second report here")
    saved(store, make_event(one.id, place=Place("Paris", "FRA")), document=one)
    saved(store, make_event(two.id, **other), document=two)
    assert len(store.events(EventFilter(statuses=("any",)))) == 2


def test_removing_a_document_takes_its_events_and_leaves_the_other_teller(store):
    one, two = make_document("first report here", published=dt.date(2015, 11, 17)), make_document("second report here")
    saved(store, make_event(one.id), document=one)
    saved(store, make_event(two.id), document=two)
    assert store.remove_documents([one.id]) == 1
    store.link_events()
    (event,) = store.events()
    assert [e.document for e in event.evidence] == [two.id]
    assert store.remove_documents([two.id, "nothing"]) == 1
    assert {k: v for k, v in store.counts().items() if v} == {}


def test_filters(store):
    document = make_document()
    talk = make_event(document.id, start=0)
    joint = make_event(document.id, "CONSULT", ("RUS", "USA"), (), start=10)
    strike = make_event(document.id, "ASSAULT", ("FRA",), ("ISIS",), dt.date(2015, 11, 15), start=20, confidence=0.4)
    planned = make_event(document.id, "CONSULT", ("FRA",), ("RUS",), start=30, status="planned")
    saved(store, talk, joint, strike, planned, document=document)

    def ids(**conditions):
        return {e.id for e in store.events(EventFilter(**conditions))}

    assert ids() == {talk.id, joint.id, strike.id}
    assert ids(statuses=("any",)) == {talk.id, joint.id, strike.id, planned.id}
    assert ids(actor="FRA") == {talk.id, strike.id}
    assert ids(between=("USA", "RUS")) == {joint.id}
    assert ids(between=("RUS", "FRA")) == {talk.id}
    assert ids(types=("ASSAULT",)) == {strike.id}
    assert ids(first=dt.date(2015, 11, 16)) == {talk.id, joint.id}
    assert ids(last=dt.date(2015, 11, 16)) == {strike.id}
    assert ids(least=0.5) == {talk.id, joint.id}


def test_search_finds_sentences_with_all_words(store):
    document = saved(store, make_event(make_document().id))
    assert store.search("WORDS") == [(document.id, 0, "words")]
    assert store.search("words missing") == []


def test_runs_and_skipped_are_kept(store):
    store.record_run(
        "code",
        started=dt.datetime(2026, 1, 1),
        seconds=1.5,
        version="0.1.0",
        parameters={"workers": 2},
        counts={"events": 3},
    )
    store.note_skipped([Skipped("a.pdf", "no text"), Skipped("a.pdf", "no text")])
    assert store.runs()[0]["counts"] == {"events": 3}
    assert store.skipped() == [Skipped("a.pdf", "no text")]


def test_a_missing_store_says_how_to_make_one(tmp_path):
    with pytest.raises(StoreError, match="worldstage init"):
        Store.open(tmp_path / "none.duckdb")


def test_a_file_that_is_no_store_is_refused_and_kept(tmp_path):
    path = tmp_path / "case.duckdb"
    path.write_text("not a database, but somebody's notes " * 200)
    with pytest.raises(StoreError):
        Store.open(path)
    assert path.read_text().startswith("not a database")


def test_a_store_of_a_newer_program_is_refused(tmp_path, store):
    store._db.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    store.close()
    with pytest.raises(StoreError, match="99"):
        Store.open(store.path)


def test_a_locked_store_is_one_clear_message(tmp_path, store):
    code = "from worldstage.store import Store\nfrom pathlib import Path\n"
    code += f"try:\n    Store.open(Path({str(store.path)!r}))\nexcept Exception as e:\n    print(type(e).__name__, e)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.startswith("StoreError")
    assert "in use by another process" in out


def test_a_failed_save_leaves_the_store_as_it_was(store):
    document = make_document()
    saved(store, make_event(document.id), document=document)
    broken = make_event(document.id, "ASSAULT", source_score="no number")
    import duckdb

    with pytest.raises(duckdb.Error):
        store.save_codings([make_coding(document, broken)], "test 2")
    assert [e.type for e in store.events()] == ["CONSULT"]
    assert store.count_pending("test 1") == 0
