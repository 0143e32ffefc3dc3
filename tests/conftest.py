"""Fixtures for all tests: small records composed by hand, and one parser for the whole run."""

import datetime as dt

import pytest

from worldstage.core.records import Actor, Coding, Document, Event, Evidence, digest
from worldstage.reference.plover import quad, score


@pytest.fixture(scope="session")
def nlp():
    """The packaged English pipeline, loaded once."""
    from worldstage.coding.parser import load_parser

    return load_parser()


@pytest.fixture(scope="session")
def coder(nlp):
    """The shipped coder on the shared parser."""
    from worldstage.coding.coder import Coder

    made = Coder()
    made.__dict__["nlp"] = nlp
    return made


def make_actor(code, sector="GOV", **more):
    return Actor(code, more.pop("name", code), more.pop("country", code), sector, text=more.pop("text", code), **more)


def make_event(document, kind="CONSULT", actors=("RUS",), recipients=("FRA",), date=dt.date(2015, 11, 17), **more):
    """An event of one document; actors by code."""
    place = more.get("start", 0)
    parties = tuple(make_actor(a) for a in actors), tuple(make_actor(r) for r in recipients)
    more.pop("start", None)
    return Event(
        id=digest(document, place, kind, actors, recipients),
        type=kind,
        quad=quad(kind),
        score=score(kind),
        actors=parties[0],
        recipients=parties[1],
        date=date,
        evidence=(Evidence(document, place, place + 5, "words"),),
        trigger=(place, place + 3),
        coder="test 1",
        **more,
    )


def make_document(text="A report about two states that met.", published=dt.date(2015, 11, 18), **more):
    return Document.make(text, published=published, **more)


def make_coding(document, *events):
    return Coding(document.id, tuple(events))
