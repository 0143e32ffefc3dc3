import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.core.errors import ConfigError
from worldstage.core.records import SECTORS
from worldstage.reference.tables import (
    ALWAYS,
    NEVER,
    Entry,
    case_entries,
    first_day,
    forms,
    last_day,
    members,
    rows,
    state_names,
    states,
)

HEADER = "alias,code,name,country,sector,from,to\n"


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2015", dt.date(2015, 1, 1), dt.date(2015, 12, 31)),
        ("2016-02", dt.date(2016, 2, 1), dt.date(2016, 2, 29)),
        ("2015-12", dt.date(2015, 12, 1), dt.date(2015, 12, 31)),
        (" 2015-11-13 ", dt.date(2015, 11, 13), dt.date(2015, 11, 13)),
        ("", NEVER, ALWAYS),
    ],
)
def test_dates_months_and_years(cell, first, last):
    assert (first_day(cell), last_day(cell)) == (first, last)


@given(st.dates(dt.date(1000, 1, 1)))
def test_a_month_and_a_year_hold_each_of_their_days(day):
    for cell in (f"{day.year}", f"{day.year}-{day.month:02}", day.isoformat()):
        assert first_day(cell) <= day <= last_day(cell)
    last = last_day(f"{day.year}-{day.month:02}")
    assert last.day == calendar.monthrange(day.year, day.month)[1]


@pytest.mark.parametrize("cell", ["soon", "2015-13", "2015-1-2-3", "2015-02-30", "2015-", "13/11/2015"])
def test_what_is_no_date_is_an_error(cell):
    with pytest.raises(ValueError):  # noqa: PT011  (the message is Python's own)
        first_day(cell)
    with pytest.raises(ValueError):  # noqa: PT011
        last_day(cell)


def test_the_members_of_a_list_cell():
    assert forms("a | b||c ") == ["a", "b", "c"]
    assert forms("") == []


def test_an_entry_holds_on_its_first_and_last_day_and_without_a_day():
    entry = Entry("A", "A", "A", None, "GOV", "state", first=dt.date(2000, 1, 2), last=dt.date(2000, 1, 4))
    held = [entry.valid(dt.date(2000, 1, day)) for day in range(1, 6)]
    assert held == [False, True, True, True, False]
    assert entry.valid(None)


@pytest.mark.parametrize("table", ["countries", "seats", "leaders", "groups", "organisations", "regions", "roles"])
def test_rows_have_all_columns_and_readable_dates(table):
    found = list(rows(table))
    assert found
    for row in found:
        assert None not in row, row
        assert None not in row.values(), row
        if "from" in row:
            assert first_day(row["from"]) <= last_day(row["to"]), row
        if row.get("sector"):
            assert row["sector"] in SECTORS, row


def test_codes_of_states_are_unique_and_have_names():
    codes = [row["code"] for row in states()]
    assert len(codes) == len(set(codes))
    assert all(code == code.upper() for code in codes)
    assert state_names()["FRA"] == "France"
    assert all(state_names().values())


def test_leaders_serve_known_states_or_organisations():
    known = set(state_names()) | {row["code"] for t in ("organisations", "groups") for row in rows(t)}
    assert {row["code"] for row in rows("leaders")} <= known


def test_countries_of_groups_regions_and_organisations_are_known():
    for table in ("groups", "organisations", "regions"):
        assert {row["country"] for row in rows(table)} - {""} <= set(state_names()), table


def test_members_of_organisations():
    assert {"FRA", "DEU"} <= members("EU") <= set(state_names())
    assert members("no such body") == frozenset()


# -- actors.csv -------------------------------------------------------------------------------------------


@pytest.fixture
def case(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "actors.csv"
        path.write_text(text, encoding=encoding)
        return path

    return write


def test_actors_of_a_case(case):
    one, two = case_entries(case(HEADER + 'Zorb|the Zorbs,ZOR,"Zorb, Front",SYR,REB,2012,2013-02\n'))
    assert (one.alias, two.alias) == ("Zorb", "the Zorbs")
    assert (one.code, one.name, one.country, one.sector, one.kind) == ("ZOR", "Zorb, Front", "SYR", "REB", "case")
    assert (one.first, one.last) == (dt.date(2012, 1, 1), dt.date(2013, 2, 28))


def test_what_is_left_empty_is_filled_in(case):
    [entry] = case_entries(case(HEADER + "Zorb,ZOR,,,,,\n"))
    assert (entry.name, entry.country, entry.sector) == ("Zorb", None, "UNK")
    assert (entry.first, entry.last) == (NEVER, ALWAYS)


def test_a_file_from_a_spreadsheet_with_a_byte_order_mark_and_more_columns(case):
    path = case("alias,code,name,country,sector,from,to,note\nZorb,ZOR,,,,,,who?\n", "utf-8-sig")
    assert [e.alias for e in case_entries(path)] == ["Zorb"]


def test_a_row_cut_short_is_read_as_empty_cells(case):
    [entry] = case_entries(case(HEADER + "Zorb,ZOR\n"))
    assert entry.code == "ZOR"


def test_only_a_header_adds_nobody(case):
    assert case_entries(case(HEADER)) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "lacks the columns alias, code"),
        ("alias,code,name,country,sector,from\n", "lacks the column to"),
        (HEADER + "Zorb,,,,,,\n", "line 2: alias and code"),
        (HEADER + "A,B,,,,,\n,ZOR,,,,,\n", "line 3: alias and code"),
        (HEADER + "Zorb,ZOR,,,ARMY,,\n", "line 2: unknown sector 'ARMY'"),
        (HEADER + "Zorb,ZOR,,,,soon,\n", "line 2: 'soon' to '' are no dates"),
        (HEADER + "Zorb,ZOR,,,,,2015-13\n", "line 2: '' to '2015-13' are no dates"),
    ],
)
def test_what_is_wrong_in_a_case_is_named_with_its_line(case, text, message):
    with pytest.raises(ConfigError) as caught:
        case_entries(case(text))
    assert message in caught.value.message
    assert caught.value.expected or "empty" in message or "alias and code" in message
