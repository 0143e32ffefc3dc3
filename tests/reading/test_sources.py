import datetime as dt
import io
import json
import os
import threading
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from worldstage.core.records import Document, Skipped
from worldstage.reading import read, sources, web

BODY = "Russian aircraft struck Islamic State in Raqqa on Tuesday."
REPORT = f"Jets strike Raqqa\n\nExample Wire · 17 November 2015\n\n{BODY}\n"


def documents(items: list[Document | Skipped]) -> list[Document]:
    """Those that were read."""
    return [item for item in items if isinstance(item, Document)]


def reasons(items: list[Document | Skipped]) -> dict[str, str]:
    """Name → reason of those that were skipped."""
    return {item.source.rsplit("/", 1)[-1]: item.reason for item in items if isinstance(item, Skipped)}


def test_a_folder_of_every_kind_and_nothing_else_is_lost(tmp_path, pdf):
    import zipfile

    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "b.md").write_text("# Jets strike\n\nRussia struck Raqqa on Monday.")
    (tmp_path / "c.html").write_text("<html><body><p>Russia struck Raqqa on Sunday.</p></body></html>")
    (tmp_path / "d.pdf").write_bytes(pdf(["Russia struck Raqqa on Saturday, the ministry said."]))
    (tmp_path / "e.jsonl").write_text('{"text": "Russia struck Raqqa on Friday."}\nnonsense\n')
    (tmp_path / "f.rss").write_text(FEED)
    (tmp_path / "g-empty.txt").write_text("")
    (tmp_path / "h-no.pdf").write_text("Not a PDF at all.")
    with zipfile.ZipFile(tmp_path / "i-zip.html", "w") as archive:
        archive.writestr("a", "b")
    (tmp_path / "j-line.txt").write_bytes(b"a " * 3_000_000)
    (tmp_path / "k-bomb.xml").write_text('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><rss/>')
    (tmp_path / "l-script.txt").write_text("<script>alert(1)</script> The army struck Raqqa.")
    (tmp_path / "m-mixed.txt").write_bytes("Türkiye’s army".encode() + b" said it\x92s over in Raqqa.")
    (tmp_path / "n.py").write_text("print()")
    (tmp_path / "README.md").write_text("What this is.")
    items = list(read([tmp_path]))
    assert [d.kind for d in documents(items)] == [
        "text",
        "markdown",
        "html",
        "pdf",
        "json",
        "feed",
        "feed",
        "text",
        "text",
    ]
    skipped = reasons(items)
    assert set(skipped) == {
        "README.md",
        "e.jsonl:2",
        "g-empty.txt",
        "h-no.pdf",
        "i-zip.html",
        "j-line.txt",
        "k-bomb.xml",
        "n.py",
    }
    assert "zip archive" in skipped["i-zip.html"]
    assert "split it" in skipped["j-line.txt"]
    assert all(len(reason) < 200 for reason in skipped.values())


def test_a_report_with_all_that_is_known_of_it(tmp_path):
    path = tmp_path / "2015-11-18-raqqa.txt"
    path.write_text(REPORT)
    (document,) = read([path])
    assert document == Document.make(
        "Russian aircraft struck Islamic State in Raqqa on Tuesday.",
        published=dt.date(2015, 11, 17),
        published_from="date line",
        title="Jets strike Raqqa",
        publisher="Example Wire",
        source=str(path),
        kind="text",
    )


def test_the_option_goes_before_all_dates(tmp_path):
    (tmp_path / "a.txt").write_text(REPORT)
    (document,) = read([tmp_path / "a.txt"], published=dt.date(2016, 1, 1))
    assert (document.published, document.published_from) == (dt.date(2016, 1, 1), "option")


@pytest.mark.parametrize(
    ("source", "reason"),
    [("/no/such/file", "no such file"), ("www.example.org/a", "https://"),
     ("ftp://example.org/a", "only http"), ("file:///etc/passwd", "only http"),
     ("a\x00b", "no path"), ("", "empty name"), ("/dev/zero", "no regular file"),
     ("http://\ud800/", "cannot be fetched"), ("/dev/null/x", "no such file")],
)  # fmt: skip
def test_names_that_lead_nowhere_are_skipped_and_the_rest_is_read(tmp_path, source, reason):
    (tmp_path / "a.txt").write_text(REPORT)
    bad, good = read([source, str(tmp_path / "a.txt")])
    assert isinstance(bad, Skipped)
    assert reason in bad.reason
    assert isinstance(good, Document)


def test_a_file_of_blank_lines_says_so(tmp_path):
    (tmp_path / "a.jsonl").write_text(" \n\n")
    (skipped,) = read([tmp_path])
    assert skipped.reason == "no report in it"


def test_an_empty_folder_says_so(tmp_path):
    (skipped,) = read([tmp_path])
    assert skipped.reason == "a folder without files"


def test_readme_and_unknown_endings_are_read_if_named(tmp_path):
    (tmp_path / "README").write_text(REPORT)
    (tmp_path / "a.wire").write_text(REPORT)
    assert len(documents(list(read([tmp_path / "README", tmp_path / "a.wire"])))) == 2


def test_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Russia bombed Raqqa.")))
    (document,) = read(["-"])
    assert (document.text, document.source) == ("Russia bombed Raqqa.", "-")


def test_a_named_pipe_is_read_if_named(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    threading.Thread(
        target=pipe.write_text, args=('{"text": "Russia struck Raqqa."}\n{"text": "France struck too."}',), daemon=True
    ).start()
    assert [d.source for d in documents(list(read([str(pipe)])))] == [f"{pipe}:1", f"{pipe}:2"]


def test_names_that_are_no_utf8_can_be_stored(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9-2015-11-17.txt"
    with open(path, "wb") as file:
        file.write(b"Russia struck Raqqa on Tuesday.")
    (document,) = read([tmp_path])
    document.source.encode()
    assert document.published == dt.date(2015, 11, 17)


def test_what_a_reader_does_not_foresee_ends_in_skipped(tmp_path, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("deep inside")

    (tmp_path / "a.txt").write_text(REPORT)
    monkeypatch.setattr(sources, "finish", fail)
    (skipped,) = read([tmp_path])
    assert "ZeroDivisionError: deep inside" in skipped.reason


ONE = "<title>One</title><link>http://example.org/1</link><description>Russia struck Raqqa.</description>"
TWO = "<title>Two</title><link>http://example.org/2</link><description>France struck too.</description>"
FEED = f"<rss><channel><title>Wire</title><item>{ONE}</item><item>{TWO}</item></channel></rss>"
WHOLE = "Russia struck Raqqa on Tuesday, and the ministry of defence told at length how."


def test_the_pages_behind_a_feed_are_fetched_only_if_wanted(tmp_path, monkeypatch, raw):
    asked = []

    def fetch(address: str, *, typed: str | None = None) -> object:
        asked.append(address)
        if address.endswith("2"):
            raise web.InputError("the server answered 404")
        return raw(f"<html><body><article><p>{WHOLE}</p></article></body></html>")

    monkeypatch.setattr(web, "fetch", fetch)
    (tmp_path / "a.rss").write_text(FEED)
    assert [d.text for d in documents(list(read([tmp_path])))] == ["Russia struck Raqqa.", "France struck too."]
    assert asked == []
    items = list(read([tmp_path], follow=True))
    assert [d.text for d in documents(items)] == [
        WHOLE,
        "France struck too.",
    ]
    assert [d.source for d in documents(items)] == ["http://example.org/1", "http://example.org/2"]
    assert "the text in the feed was taken" in reasons(items)["2"]


def test_a_long_file_of_records_is_read_in_little_memory(tmp_path):
    path = tmp_path / "many.jsonl"
    with path.open("w") as file:
        for number in range(300):
            file.write(json.dumps({"text": f"Russia struck Raqqa on day {number}, the ministry said. " * 60}) + "\n")
    next(iter(read([path])))
    tracemalloc.start()
    count = sum(isinstance(item, Document) for item in read([path]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 300
    assert path.stat().st_size > 900_000
    assert peak < 400_000


_NAMES = ["a.txt", "a", "a.md", "a.html", "a.pdf", "a.json", "a.jsonl", "a.rss", "a.xml", "a.wire", "a.csv"]
_BEGINNINGS = [
    b"",
    b"%PDF-1.4\n",
    b"<html><body><p>",
    b"<rss><channel><item>",
    b'{"text": "',
    b'[{"text": "',
    b"# T\n\n",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"PK\x03\x04",
    b"Title: x\nDate: 2015-11-17\n\n",
]


@given(
    name=st.sampled_from(_NAMES),
    beginning=st.sampled_from(_BEGINNINGS),
    data=st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_under_any_name_give_documents_or_reasons(tmp_path, name, beginning, data):
    path = tmp_path / name
    path.write_bytes(beginning + data)
    items = list(read([str(path)]))
    assert items
    for item in items:
        if isinstance(item, Document):
            item.text.encode()
            assert item.text
            assert "\x00" not in item.text
        else:
            assert item.reason
