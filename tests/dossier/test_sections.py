"""What single sections print."""

import re

import pytest
from tests.dossier.conftest import SHOCKS, make_document, make_event, make_result, row
from tests.dossier.pages import Page

from worldstage.core.records import Figure
from worldstage.core.results import Finding, Result, Table
from worldstage.dossier import comparison
from worldstage.dossier.book import Book
from worldstage.dossier.sections import (
    certainty,
    documents,
    events,
    figures,
    findings,
    network,
    omissions,
    places,
    record,
    relations,
    statements,
)


def text(html):
    return Page(html).text()


def test_findings_come_by_weight_each_with_arrow_word_and_evidence(book):
    html = findings.render(book)
    said = text(html)
    assert said.index("▲ rose Russia – Turkey:") < said.index("▼ fell Russia – Islamic State:")
    assert said.index("▼ fell Russia – Islamic State:") < said.index("■ no clear change Russia, all relations:")
    assert {"between-RUS-TUR", "shock-1-row-2", "between-ISIS-RUS", "certainty"} <= Page(html).targets
    assert "the 3 events behind it" in said


def test_too_few_are_gathered_in_one_line(book):
    said = text(findings.render(book))
    assert "Too few to tell: France (1 event)" in said
    assert "too few to tell." not in said


def test_each_warning_stands_once(book):
    assert text(findings.render(book)).count("The case is small.") == 1


def test_many_findings_of_no_change_are_folded(changed):
    steady = [Finding(f"Russia – P{n}", f"Russia – P{n}: nothing.", "flat", weight=n) for n in range(5)]
    html = findings.render(Book(changed(relations=[make_result([], steady)])))
    assert "No clear change in 3 relations" in text(html)
    assert text(html).index("P4") < text(html).index("No clear change in") < text(html).index("P2")


def test_a_finding_that_names_its_events_links_them(changed, events):
    found = [Finding("Odd", "Odd things.", "up", (events[0].id, "unknown id"), 1)]
    html = findings.render(Book(changed(relations=[make_result([], found)])))
    assert Page(html).targets >= {f"event-{events[0].id}"}
    assert "Evidence: E" in text(html)


def test_without_comparison_the_first_page_says_so(changed):
    assert "Nothing is compared" in text(findings.render(Book(changed(relations=[]))))


def test_lists_behind_a_relation_have_its_events_and_the_shocks_between(book):
    html = events.render(book)
    block = html[html.index('id="between-RUS-TUR"') :]
    block = block[: block.index("</details>")]
    assert block.count("<li") == 5
    assert block.index("13 November 2015: Paris attacks") < block.index("24 November 2015: Su-24 shot down")
    assert block.index("24 November 2015: Su-24 shot down") < block.index("28 November 2015: Sanction")


def test_lists_of_pairs_without_the_focus_are_there_too(book):
    assert 'id="between-TUR-USA"' in events.render(book)


def test_events_outside_the_window_stand_apart(book):
    html = events.render(book)
    assert html.index("Outside the window") < html.index('id="outside-month-2015-02"')
    assert 'id="undated"' in html


def test_the_numbers_of_the_timeline_lead_to_the_month(book):
    html = events.render(book)
    assert '<a href="#month-2015-11">23\u00a0November\u00a02015</a>' in html


def test_short_lists_stand_open_and_long_ones_folded(book, changed):
    assert '<details class="group" id="month-2015-11" open>' in events.render(book)
    many = [make_event(id=f"e{n}") for n in range(100)]
    assert '<details class="group" id="month-2015-11">' in events.render(Book(changed(events=many)))


def test_the_comparison_is_told_in_pairs_with_its_basis(book):
    html = relations.render(book)
    said = text(html)
    assert "Compared are the weeks from 1 October 2015 to 31 December 2015." in said
    assert "The first week that counts as after begins on 23 November 2015." in said
    assert "none before (1.40 or more)" in said
    assert "0.10 (0.00–0.60)" in said
    assert "12.5 → 50.0 %" in said
    assert "2.5 → none" in said
    assert "Too few to tell: France." in said
    assert html.count("What the columns mean") == 1


def test_numbers_of_events_lead_to_their_list(book):
    cells = re.findall(r'<a href="#(between-[^"]+)">([^<]+)</a>', relations.render(book))
    assert ("between-RUS-TUR", "0 → 3") in cells


def test_a_table_of_another_kind_is_printed_as_it_is(changed):
    result = Result("A text.", Table({"x": "Ex", "y": "Why"}, [{"x": "a", "y": 1.5}, {"x": None, "y": 2.0}]))
    said = text(relations.render(Book(changed(relations=[result]))))
    assert "Ex Why a 1.50 – 2.00" in said


def test_a_shock_without_name_is_called_by_its_date():
    assert comparison.shock_of(Result("", Table({}, []), {"shock": "2015-11-13"})) == "13 November 2015"
    assert comparison.shock_of(Result("", Table({}, []))) == "the shock"
    named = {"shock": "soon", "shock_name": "Paris attacks"}
    assert comparison.shock_of(Result("", Table({}, []), named)) == "Paris attacks, soon"


def test_all_too_few_means_no_picture(changed):
    result = make_result([row("Russia – France", 0, 1)], [])
    assert "<svg" not in relations.render(Book(changed(relations=[result], series=[])))


def test_the_network_has_a_table_of_both_stretches(book):
    said = text(network.render(book))
    assert "Russia – Turkey 0 – 3 −6.1" in said
    assert said.index("Russia – Turkey") < said.index("Turkey – United States")
    assert "before 13 November 2015 (Paris attacks)" in said


def test_without_shock_the_network_is_one_picture(changed):
    said = text(network.render(Book(changed(shocks=[]))))
    assert "The whole window" in said
    assert "before 13 November" not in said


def test_places_are_counted_and_lead_to_their_events(book, content):
    html = places.render(book)
    said = text(html)
    assert "Of 7 events in the window, 3 have a place" in said
    assert f"event-{content.events[4].id}" in Page(html).targets


def test_a_place_without_coordinates_is_in_the_table_only(changed):
    from worldstage.core.records import Place

    html = places.render(Book(changed(events=[make_event(place=Place("Nowhere", None))])))
    assert "<svg" not in html
    assert "Nowhere (not on the map)" in text(html)


def test_statements_are_grouped_by_speaker_the_focus_first(book):
    said = text(statements.render(book))
    assert said.index("Russia: 1 statement") < said.index("France: 1 statement")
    assert "Vladimir Putin, President, Russia: 1 statement, 1 in quotation marks" in said
    assert "“a stab in the back”" in said
    assert "“it would never forget”" not in said
    assert "firmness: flat (0.95)" in said
    assert "about Turkey" in said


def test_a_statement_leads_to_its_document_and_event(book, content):
    targets = Page(statements.render(book)).targets
    assert {f"document-{content.documents[0].id}", f"event-{content.events[1].id}"} <= targets


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"value": 53, "qualifier": "some"}, "some 53"), ({"value": 2.5}, "2.5"), ({"low": 4}, "at least 4"),
        ({"high": 10}, "up to 10"), ({"low": 4, "high": 6}, "4 to 6"), ({"low": 130, "qualifier": "over"}, "over 130"),
        ({}, "–"), ({"value": 0}, "0"),
    ],
)  # fmt: skip
def test_amounts(fields, said, content):
    assert figures.amount(Figure("f", "people", "x", content.figures[0].evidence, **fields)) == said


def test_figures_have_who_counted_and_the_sentence(book):
    said = text(figures.render(book))
    assert "some 53 percent approve Levada Center 27 November 2015" in said
    assert "at least 1 people killed airmen not said" in said


def test_documents_say_where_their_date_came_from_and_what_they_repeat(book, content):
    html = documents.render(book)
    said = text(html)
    assert "6 documents from 4 outlets; 3 repeat another almost word for word" in said
    assert "its date line" in said
    assert "not found" in said
    assert "French" in said
    assert "A. Writer" in said
    assert f'<a href="#document-{content.documents[0].id}">D' in html


def test_what_was_left_out_is_named_with_its_reason(book):
    said = text(omissions.render(book))
    for part in ("broken.pdf no PDF", "Paris et Moscou (French)", "denied or negated 1", "He 9 a pronoun", "Erdogan 5"):
        assert part in said
    assert said.index("He 9") < said.index("Erdogan 5")
    assert "1 has only one identified side" in said
    assert "1 event without a date and 1 event outside the window are listed" in said


def test_nothing_left_out_is_said_as_well(changed):
    document = make_document()
    event = make_event(evidence=(content_evidence(document),))
    fields = {"documents": [document], "events": [event], "skipped": [], "unresolved": [], "statuses": {}}
    said = text(omissions.render(Book(changed(**fields))))
    assert "Every input could be read." in said
    assert "every document is in English, coded, and tells at least one event" in said


def content_evidence(document):
    from worldstage.core.records import Evidence

    return Evidence(document.id, 0, 9, document.text[:9])


def test_confidence_is_told_in_classes(book):
    said = text(certainty.render(book))
    assert "high 0.80 and more 7" in said
    assert "fair 0.50 to 0.79 1" in said
    assert "low under 0.50 1" in said
    assert "made per event reported" in said


def test_unadjusted_comparisons_are_owned_up_to(changed):
    said = text(certainty.render(Book(changed(relations=[make_result([], [], SHOCKS[0], normalised=False)]))))
    assert "are not adjusted for the volume of reporting" in said


def test_the_record_has_runs_parameters_and_versions(book):
    said = text(record.render(book))
    assert "23 November 2026, 03:37 add sources: reports; published: not given added: 6 3.0 0.1.0 done" in said
    assert "shock name: Paris attacks" in said
    assert "normalised: yes" in said
    assert "Python 3.11.7" in said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("/home/a/b/reports", "reports"), ("C:\\Users\\a\\case", "case"), ("~/x/y.md", "y.md"), ("/", "/"),
        ("https://example.org/a/b", "https://example.org/a/b"), ("plain words", "plain words"), ([], "none"),
    ],
)  # fmt: skip
def test_of_paths_only_the_name_is_told(value, said):
    assert record._value(value) == said
