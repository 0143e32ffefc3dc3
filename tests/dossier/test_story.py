from tests.dossier.conftest import DOWNING, FRANCE, PUTIN, REBELS, RUSSIA, TURKEY, make_event

from worldstage.core.records import Evidence
from worldstage.dossier.story import party, story


def test_an_event_is_told_with_all_its_outlets(book, events):
    told = story(events[0], book)
    assert [s.outlet for s in told.sources] == [
        "Demonstration Wire",
        "Example Gazette",
        "Model Courier",
        "Specimen Review",
    ]
    assert all("#document-" in s.entry for s in told.sources)
    assert told.sentence.before + told.sentence.mark + told.sentence.after == DOWNING
    assert told.sentence.mark == "shot down"
    assert (told.kind, told.quad, told.tolls) == ("Attack (from the air)", "material conflict", "at least 1 killed")


def test_a_document_that_tells_it_twice_is_one_source(book, documents):
    evidence = (Evidence(documents[0].id, 0, 5, "One."), Evidence(documents[0].id, 6, 9, "Two."))
    assert len(story(make_event(evidence=evidence), _with(book, evidence)).sources) == 1


def _with(book, evidence):
    from worldstage.dossier.book import Book

    found = Book(book.content)
    event = make_event(evidence=evidence)
    found.numbers[event.id] = 99
    return found


def test_another_wording_is_kept_with_its_source(book, documents):
    evidence = (Evidence(documents[0].id, 0, 5, "One."), Evidence(documents[4].id, 6, 9, "Another wording."))
    told = story(make_event(evidence=evidence), _with(book, evidence))
    assert [s.sentence for s in told.sources] == ["", "Another wording."]


def test_the_row_of_a_data_set_is_a_source(book):
    evidence = (Evidence(dataset="ICEWS", row="77"),)
    told = story(make_event(evidence=evidence), _with(book, evidence))
    assert [str(s.entry) for s in told.sources] == ["ICEWS, row 77"]
    assert told.sentence.before == ""


def test_a_document_that_is_gone_is_named_as_such(book):
    evidence = (Evidence("gone", 0, 5, "One."),)
    assert "no longer in the case" in story(make_event(evidence=evidence), _with(book, evidence)).sources[0].entry


def test_parties_are_told_by_name_person_office_and_sector(book):
    assert (party(PUTIN, book).name, party(PUTIN, book).detail) == ("Russia", "Vladimir Putin, President; government")
    assert party(TURKEY, book).detail == "“Turkish jets”; military"
    assert party(FRANCE, book).detail == "government"
    assert party(RUSSIA, book).detail == "“Moscow”; government"


def test_somebody_without_a_code_is_named_and_said_to_be_unknown(book):
    assert (party(REBELS, book).name, party(REBELS, book).detail) == ("Turkmen rebels", "armed group; not identified")


def test_an_event_without_evidence_date_or_place_is_told_all_the_same(book):
    event = make_event(date=None, evidence=(Evidence(),), id="bare")
    book.numbers["bare"] = 77
    told = story(event, book)
    assert (told.date, told.place, told.tolls) == ("date not known", "", "")
