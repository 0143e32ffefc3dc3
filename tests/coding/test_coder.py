from itertools import islice
from pathlib import Path

import pytest
from tests.coding.conftest import PUBLISHED

from worldstage.coding.coder import Coder
from worldstage.coding.extract import LEAST
from worldstage.coding.reader import shipped
from worldstage.core.records import Document, as_json
from worldstage.reading import read
from worldstage.reference.plover import TYPES, quad

REPORTS = Path(__file__).parents[2] / "examples" / "paris-2015" / "reports"
TEXTS = [
    'Iran bombed Oman on Monday, killing 12 soldiers near Aleppo. "We regret nothing," Iran\'s president said.',
    "",
    "It rained.",
    "Ghana thanked Togo. Ghana thanked Togo. Berta Sundal praised the pact.",
]


@pytest.fixture(scope="module")
def documents():
    return [Document.make(text, published=PUBLISHED, publisher="The Daily") for text in TEXTS]


@pytest.fixture(scope="module")
def codings(coder, documents):
    return list(coder.code(documents))


def test_each_document_has_its_coding_in_order(codings, documents):
    assert [c.document for c in codings] == [d.id for d in documents]
    assert [bool(c.events) for c in codings] == [True, False, False, True]


def test_a_coding_has_events_statements_figures_and_mentions(codings):
    first = codings[0]
    [event] = [e for e in first.events if e.type == "ASSAULT"]
    assert (event.actors[0].code, event.publisher) == ("IRN", "The Daily")
    assert first.statements
    assert first.figures


def test_mentions_are_counted_with_the_reason_of_their_resolution(codings):
    counts = {m.name: (m.code, m.count) for m in codings[3].mentions}
    assert counts["Ghana"] == ("GHA", 2)
    assert counts["Togo"] == ("TGO", 2)
    assert counts["Berta Sundal"] == (None, 1)
    assert all(m.reason for m in codings[3].mentions)


def test_coding_again_gives_the_same(coder, codings, documents):
    assert list(coder.code(documents)) == codings


def test_documents_are_coded_as_they_come(coder):
    taken = []

    def endless():
        for n in range(10_000):
            taken.append(n)
            yield Document.make(f"Iran bombed Oman {n} times.")

    assert len(list(islice(coder.code(endless()), 3))) == 3
    assert len(taken) < 200


def test_workers_give_the_same_in_the_same_order(coder, codings, documents):
    many = [Document.make(f"{n}. {d.text}", published=d.published) for n in range(6) for d in documents]
    alone = [as_json(c) for c in coder.code(many)]
    assert [as_json(c) for c in coder.code(many, workers=2)] == alone


def test_an_error_in_a_worker_is_not_swallowed(coder):
    with pytest.raises(AttributeError):
        list(coder.code([None], workers=2))


def test_only_events_certain_enough_are_told(nlp, documents):
    strict = Coder(least=0.99)
    strict.__dict__["nlp"] = nlp
    assert all(e.confidence >= 0.99 for c in strict.code(documents) for e in c.events)


def test_the_version_names_program_and_models(coder):
    alone = f"worldstage {_version()} / {coder.bundle.about['name']}"
    assert Coder(fast=True).version == alone
    assert coder.version == f"{alone} / {shipped().name}"
    assert coder.version in {e.coder for c in coder.code([Document.make(TEXTS[0])]) for e in c.events}


def _version():
    import worldstage

    return worldstage.__version__


@pytest.mark.slow
def test_all_evidence_of_the_example_stands_in_its_document(coder):
    documents = [d for d in read([REPORTS]) if isinstance(d, Document)]
    assert len(documents) > 50
    told = 0
    for document, coding in zip(documents, coder.code(documents), strict=True):
        for event in coding.events:
            told += 1
            assert event.actors or event.recipients
            assert event.type in TYPES
            assert event.quad == quad(event.type)
            assert set(event.mode) <= set(TYPES[event.type].modes)
            assert LEAST <= event.confidence <= 1
            assert -10 <= event.score <= 10
            assert event.evidence
            for evidence in event.evidence:
                assert evidence.document == document.id
                assert document.text[evidence.start : evidence.end] == evidence.text
            first = event.evidence[0]
            assert first.start <= event.trigger[0] < event.trigger[1] <= first.end
            for actor in (*event.actors, *event.recipients):
                assert actor.text
                assert actor.text in document.text
        for record in (*coding.statements, *coding.figures):
            evidence = record.evidence
            assert document.text[evidence.start : evidence.end] == evidence.text
        assert len({e.id for e in coding.events}) == len(coding.events)
    assert told > 200
