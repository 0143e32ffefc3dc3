import contextlib
import datetime as dt
import json

import pytest

from worldstage.core.errors import InputError
from worldstage.core.records import Skipped
from worldstage.reading.json_records import READER
from worldstage.reading.raw import Draft

ONE = {
    "text": "Russia struck Raqqa on Tuesday.",
    "title": "Jets",
    "date": "2015-11-17",
    "source": {"name": "Wire"},
    "url": "https://example.org/1",
}
TWO = {"body": "France struck too, ministers said."}


def test_a_record_a_line(raw):
    lines = f"{json.dumps(ONE)}\n\nnonsense\n[1]\n{json.dumps({'headline': 'x'})}\n{json.dumps(TWO)}"
    one, *bad, two = READER.read(raw(lines, "a.jsonl"))
    assert (one.title, one.published, one.publisher, one.address, one.part) == (
        "Jets",
        dt.date(2015, 11, 17),
        "Wire",
        "https://example.org/1",
        "1",
    )
    assert (two.text, two.part) == (TWO["body"], "6")
    assert [item.source for item in bad] == ["a.jsonl:3", "a.jsonl:4", "a.jsonl:5"]
    assert "broken JSON" in bad[0].reason
    assert "headline" in bad[2].reason


@pytest.mark.parametrize(
    "wrapped",
    [
        [ONE, TWO],
        {"articles": [ONE, TWO]},
        {"status": "ok", "response": {"results": [ONE, TWO]}},
        {"version": "1.1", "title": "Feed", "description": "A feed", "items": [ONE, TWO]},
    ],
)
def test_arrays_and_lists_within_objects(raw, wrapped):
    found = list(READER.read(raw(json.dumps(wrapped, indent=1), "a.json")))
    assert [(item.text, item.part) for item in found] == [(ONE["text"], "1"), (TWO["body"], "2")]


def test_a_single_record_over_several_lines(draft):
    found = draft(READER, json.dumps(ONE, indent=2), "a.json")
    assert (found.text, found.part) == (ONE["text"], "")


def test_records_are_known_by_content(raw):
    assert READER.claims(raw(json.dumps(ONE), "a.txt"))
    assert READER.claims(raw('[ {"text": "x"}]'))
    assert not READER.claims(raw("[Update] Russia struck Raqqa."))
    assert not READER.claims(raw("{sic} he said"))


def test_html_in_a_record_becomes_text(draft):
    assert (
        draft(READER, json.dumps({"content_html": "<p>One</p><p>two &amp; three</p><script>x</script>"})).text
        == "One\n\ntwo & three"
    )
    assert draft(READER, json.dumps({"text": "a < b and c > d"})).text == "a < b and c > d"


def test_lines_in_utf16_are_read_whole(raw):
    found = list(READER.read(raw((json.dumps(ONE) + "\n").encode("utf-16"), "a.json")))
    assert found[0].text == ONE["text"]


def test_a_line_too_long_is_skipped_and_the_next_read(raw, monkeypatch):
    monkeypatch.setattr("worldstage.reading.json_records._LONGEST_LINE", 100)
    lines = json.dumps({"text": "x" * 5000}) + "\n" + json.dumps(TWO) + "\n"
    long, two = READER.read(raw(lines, "a.jsonl"))
    assert isinstance(long, Skipped)
    assert (two.text, two.part) == (TWO["body"], "2")


@pytest.mark.parametrize(
    "data",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        "{}",
        "[]",
        "[1, 2]",
        '{"text": ',
        '{"text": "x y z", "n": ' + "9" * 5000 + "}",
        "null",
    ],
)
def test_hostile_json_is_refused_or_skipped(raw, data):
    with contextlib.suppress(InputError):
        assert not any(isinstance(item, Draft) for item in READER.read(raw(data, "a.json")))
