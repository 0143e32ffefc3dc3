import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.coding.datelines import find_datelines


@pytest.mark.parametrize(
    ("text", "name", "outer"),
    [
        ("MOSCOW — Russia said", "MOSCOW", ""),
        ("PARIS (Wire) - Gunmen", "PARIS", ""),
        ("Paris (Wire) - Gunmen", "Paris", ""),
        ("KABUL: The Taliban", "KABUL", ""),
        ("NEW YORK, May 17, IRNA - Iran", "NEW YORK", "May 17"),
        ("FERGUSON, Mo. -- Police", "FERGUSON", "Mo."),
        ("WASHINGTON/MOSCOW, Nov 17 (Wire) - Talks", "WASHINGTON", "Nov 17"),
        ("A headline\nBy John Smith\n\nBEIRUT, Lebanon — Rockets", "BEIRUT", "Lebanon"),
    ],
)
def test_datelines(text, name, outer):
    [line] = [d for d in find_datelines(text) if d.sure]
    assert (line.name, line.outer) == (name, outer)
    assert text[line.start : line.end] == name


@pytest.mark.parametrize(
    "text", ["Russia said it struck Raqqa.", "He left - and came back.", "", "NATO", "A\n" * 5 + "MOSCOW — late"]
)
def test_no_datelines(text):
    assert not [d for d in find_datelines(text) if d.sure]


@given(st.text())
def test_any_text_is_read_without_error(text):
    for line in find_datelines(text):
        assert text[line.start : line.end] == line.name
