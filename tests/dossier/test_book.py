import datetime as dt

from tests.dossier.conftest import FRANCE, RUSSIA, make_document, make_event

from worldstage.core.records import Actor
from worldstage.dossier.book import Book, by_month, title_of


def test_events_are_numbered_by_date_those_that_happened_first(book, events):
    assert sorted(book.numbers.values()) == list(range(1, len(events) + 1))
    assert book.numbers[events[9].id] == 1
    assert book.numbers[events[7].id] == len(events)


def test_counted_are_dated_events_inside_with_two_known_sides(book, events):
    assert {e.id for e in book.counted} == {events[i].id for i in (0, 1, 2, 3, 4, 6)}
    assert {e.id for e in book.of_focus} == {events[i].id for i in (0, 1, 2, 3, 4)}


def test_a_period_that_begins_before_the_window_counts_whole(changed):
    # The week that holds 1 October 2015 begins on 28 September.
    early = make_event(date=dt.date(2015, 9, 28))
    assert Book(changed(events=[early])).counted == [early]
    assert Book(changed(events=[make_event(date=dt.date(2015, 9, 27))])).counted == []


def test_partners_are_those_dealt_with_most_often_first(book):
    assert book.partners == ["TUR", "FRA", "ISIS"]


def test_two_actors_of_one_name_carry_their_codes(changed):
    other = Actor("RSX", "Russia", text="Russia")
    book = Book(changed(events=[make_event(actors=(RUSSIA,), recipients=(other,))]))
    assert {book.name("RUS"), book.name("RSX")} == {"Russia (RUS)", "Russia (RSX)"}
    assert book.name("XYZ") == "XYZ"


def test_the_events_behind_a_row_are_found_by_code_or_label(book, events, results):
    anchor, behind = book.relation(results[0], "Russia – Turkey")
    assert anchor == "between-RUS-TUR"
    assert [e.id for e in behind] == [e.id for e in book.by_pair["RUS", "TUR"]]
    assert len(behind) == 3
    assert book.relation(results[0], "Russia – Atlantis") is None
    assert len(book.relation(results[0], "Russia, all relations")[1]) == 5


def test_long_rows_of_references_are_cut_and_say_so(book, events):
    assert book.event_links(events[:3]).count("<a ") == 3
    assert str(book.event_links(events, most=2)).endswith("and 8 more")


def test_months_come_in_order_and_undated_events_last():
    found = by_month(
        [make_event(date=None), make_event(date=dt.date(2015, 12, 1)), make_event(date=dt.date(2015, 11, 30))]
    )
    assert list(found) == [dt.date(2015, 11, 1), dt.date(2015, 12, 1), None]


def test_a_document_without_title_is_called_by_its_beginning():
    assert title_of(make_document("One two three.", title=None)) == "One two …"
    assert title_of(make_document("", title="  ")) == "Untitled"


def test_an_unknown_unit_of_time_is_read_as_weeks(changed):
    assert Book(changed(unit="fortnight")).unit == "week"


def test_without_focus_there_are_no_partners(changed):
    book = Book(changed(focus=None))
    assert (book.focus, book.partners, book.of_focus) == (None, [], [])
    assert FRANCE.code in book.names
