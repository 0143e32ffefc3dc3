"""Fixtures for the tests of the coder: a small cast of invented persons, and shortcuts from text to records."""

import datetime as dt

import pytest

from worldstage.core.records import Document

PUBLISHED = dt.date(2016, 3, 10)
# person, code, country's name, office: invented, so that no table of leaders has to hold them.
CAST = (
    ("Anna Lindqvist", "SWE", "Sweden", "Foreign Minister"),
    ("Tomas Reyl", "CZE", "Czechia", "Prime Minister"),
    ("Karim Haddadi", "DZA", "Algeria", "President"),
    ("Oleg Barsukov", "RUS", "Russia", "Defence Minister"),
    ("Nadia Okoro", "NGA", "Nigeria", "President"),
)


@pytest.fixture(scope="session")
def finder():
    """Finds mentions with the shipped directory and the invented cast."""
    from worldstage.coding.mentions import MentionFinder
    from worldstage.reference.actors import Directory
    from worldstage.reference.entries import all_entries
    from worldstage.reference.tables import Entry

    def cast():
        for person, code, name, office in CAST:
            yield Entry(person, code, name, code, "GOV", "leader", person, office)
            yield Entry(person.split()[-1], code, name, code, "GOV", "surname", person, office)

    return MentionFinder(Directory([*all_entries(), *cast()]))


@pytest.fixture(scope="session")
def view_of(nlp):
    """A text's parse as plain lists."""
    from worldstage.coding.view import View

    return lambda text: View(nlp(text))


@pytest.fixture(scope="session")
def read(view_of, finder):
    """A text → its view, document, mentions and dates, as the coder passes them on."""
    from worldstage.coding.dates import find_dates

    def run(text, published=PUBLISHED):
        view = view_of(text)
        document = Document.make(text, published=published)
        return view, document, finder.find(view, published), find_dates(view, published)

    return run


@pytest.fixture(scope="session")
def statements_of(read):
    """A text → its statements."""
    from worldstage.coding.statements import find_statements

    def run(text, events=(), published=PUBLISHED):
        view, document, mentions, whens = read(text, published)
        return find_statements(view, document, mentions, events=events, whens=whens)

    return run


@pytest.fixture(scope="session")
def figures_of(read):
    """A text → its figures."""
    from worldstage.coding.figures import find_figures

    def run(text, published=PUBLISHED):
        view, document, mentions, whens = read(text, published)
        return find_figures(view, document, mentions, whens=whens)

    return run
