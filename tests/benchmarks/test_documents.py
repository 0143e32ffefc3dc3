"""The parser of the test documents, and that all of them are clean."""

from __future__ import annotations

import pytest
from benchmarks.coder.documents import DOCUMENTS, fingerprint, load_all, load_second, main, parse, parse_events

from worldstage.core.errors import InputError

HEAD = "title: Two held\npublisher: Indus Press Agency\ndate: 2011-06-14\nkind: wire\n\n"
TEXT = "Police arrested two men on Tuesday.\n\nIndia condemned\nthe attack. Nobody was arrested later."
LINE = "COERCE | arrest | occurred | PAK:POL | PAK:CVL | 2011-06-14 | Karachi/PAK | - | - | - | arrested two men"


def one(line: str, text: str = TEXT):
    return parse_events([line], text, "x")[0]


def test_a_document_is_parsed():
    document = parse(f"{HEAD}{TEXT}\n=====\n{LINE}\n\n", "x1")
    assert (document.name, document.title, document.kind) == ("x1", "Two held", "wire")
    assert document.date.isoformat() == "2011-06-14"
    assert document.text == TEXT
    (event,) = document.events
    assert (event.type, event.modes, event.status) == ("COERCE", ("arrest",), "occurred")
    assert (event.actors, event.recipients) == (("PAK:POL",), ("PAK:CVL",))
    assert event.place == ("Karachi", "PAK")
    assert document.text[event.start : event.end] == event.evidence == "arrested two men"


def test_dashes_are_nothing_told():
    event = one("ACCUSE | - | denied | IND, ?:REB | - | - | - | - | - | - | condemned")
    assert event.actors == ("IND", "?:REB")
    assert event.modes == event.recipients == ()
    assert event.date is event.place is event.deaths is event.injured is event.attribution is None


def test_evidence_may_run_over_a_line_end():
    assert one("ACCUSE | - | occurred | IND | - | - | - | - | - | - | condemned the attack").evidence == (
        "condemned\nthe attack"
    )


@pytest.mark.parametrize(("cell", "count"), [("4", (4, 4)), ("4-", (4, None)), ("3-5", (3, 5)), ("0-3", (0, 3))])
def test_counts(cell, count):
    assert one(LINE.replace("Karachi/PAK | -", f"Karachi/PAK | {cell}")).deaths == count


def test_a_sea_has_no_state():
    assert one(LINE.replace("Karachi/PAK", "Black Sea/-")).place == ("Black Sea", None)


@pytest.mark.parametrize("date", ["1946", "1946-05", "1946-05-31"])
def test_dates_keep_their_precision(date):
    assert one(LINE.replace("2011-06-14", date)).date == date


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("COERCE", "COERCED", "unknown type"),
        ("arrest |", "arrested |", "unknown mode of COERCE"),
        ("occurred", "happened", "unknown status"),
        ("PAK:POL", "PKA", "unknown actor code"),
        ("PAK:POL", "PAK:COP", "unknown sector"),
        ("PAK:POL", "PKA:POL", "unknown state"),
        ("PAK:POL", "PAK:POL,PAK:POL", "named twice"),
        ("PAK:POL", "", "empty column"),
        ("2011-06-14", "2011-02-30", "bad date"),
        ("2011-06-14", "June 2011", "bad date"),
        ("2011-06-14", "", "empty column"),
        ("Karachi/PAK", "Karachi", "bad place"),
        ("Karachi/PAK", "Karachi/XYZ", "unknown state"),
        ("Karachi/PAK | -", "Karachi/PAK | some", "bad count"),
        ("Karachi/PAK | -", "Karachi/PAK | 5-3", "bad count"),
        ("arrested two men", "jailed two men", "found 0 times"),
        ("arrested two men", "arrested", "found 2 times"),
        ("| arrested two men", "", "10 columns"),
    ],
)
def test_faults_are_told_with_their_line(old, new, told):
    with pytest.raises(InputError, match=told) as caught:
        parse(f"{HEAD}{TEXT}\n=====\n{LINE.replace(old, new, 1)}\n", "x1")
    assert "x1, line 11" in str(caught.value)


def test_all_faulty_lines_are_told_at_once():
    with pytest.raises(InputError) as caught:
        parse_events([LINE.replace("COERCE", "X"), "", LINE.replace("occurred", "Y")], TEXT, "x", first=20)
    assert "line 20" in str(caught.value)
    assert "line 22" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("publisher: ", "outlet: ", "line 2"),
        ("kind: wire", "kind: rumour", "unknown kind"),
        ("2011-06-14", "2011-06", "bad date|date"),
        ("wire\n\n", "wire\n", "text at once"),
        ("=====", "====", "0 lines"),
        (TEXT, "", "no text"),
    ],
)
def test_faulty_headers_are_told(old, new, told):
    with pytest.raises(InputError, match=told):
        parse(f"{HEAD}{TEXT}\n=====\n{LINE}\n".replace(old, new, 1), "x1")


def test_the_checker_prints_counts_and_fails_on_faults(tmp_path, capsys):
    good, bad = tmp_path / "a.txt", tmp_path / "b.txt"
    good.write_text(f"{HEAD}{TEXT}\n=====\n{LINE}\n", encoding="utf-8")
    bad.write_text(f"{HEAD}{TEXT}\n=====\n{LINE.replace('PAK:POL', 'PKA')}\n", encoding="utf-8")
    assert main([str(good)]) == 0
    assert "1 documents, 1 events, 0 files with faults" in capsys.readouterr().out
    assert main([str(good), str(bad)]) == 1
    assert "unknown actor code" in capsys.readouterr().err


def test_the_fingerprint_follows_every_byte(tmp_path):
    (tmp_path / "a.txt").write_text("one", encoding="utf-8")
    before = fingerprint(tmp_path)
    assert fingerprint(tmp_path) == before
    (tmp_path / "a.txt").write_text("one ", encoding="utf-8")
    assert fingerprint(tmp_path) != before


def test_a_second_annotation_shares_the_text(tmp_path):
    document = parse(f"{HEAD}{TEXT}\n=====\n{LINE}\n", "x1")
    assert load_second(document, tmp_path) is None
    (tmp_path / "x1.txt").write_text(LINE.replace("occurred", "denied") + "\n", encoding="utf-8")
    second = load_second(document, tmp_path)
    assert second is not None
    assert second.text == document.text
    assert second.events[0].status == "denied"


def test_every_test_document_is_clean():
    documents = load_all(DOCUMENTS)
    assert documents
    for document in documents:
        load_second(document)
        assert 120 <= len(document.text.split()) <= 700, document.name
        assert document.events, document.name
