import io
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.reading.magic import foreign, root


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    return out.getvalue()


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [(_zip(), "zip"), (_tar(), "tar"), (b"\x1f\x8b\x08", "gzip"), (b"\x89PNG\r\n\x1a\n", "picture"),
     (b"\x7fELF", "program"),     (b"SQLite format 3\x00", "database"), (b"\x00" * 8 + b"DUCK", "database"),
     (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
     (b"{\\rtf1", "rich text")],
)  # fmt: skip
def test_what_is_never_read_is_named(data, what):
    assert what in (foreign(data) or "")


@pytest.mark.parametrize(
    "text", [b"PK talks", b"RIFF between allies", b"MZ", b"BZh", b"GIF", b"ID3 ", b"", b"Russia struck"]
)
def test_text_is_let_through(text):
    assert foreign(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<html>", "html"), ("<!DOCTYPE html><p>", "html"), ("<!doctype HTML PUBLIC '-//W3C//DTD'>", "html"),
        ("<?xml version='1.0'?>\n<!-- a > b -->\n<rss version='2.0'>", "rss"), ("<?xml?><feed xmlns='x'>", "feed"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><rss>', "rss"), ("<rdf:RDF>", "rdf:rdf"), ("<script>alert(1)", "script"),
        ("Russia", None), ("<", None), ("<!--", None), ("< 5", None), ("<?xml", None), ("", None),
    ],
)  # fmt: skip
def test_the_root_of_markup(text, name):
    assert root(text) == name


@given(st.text("<!-?>[]DOCTYPEhtml ab", max_size=200))
def test_any_text_has_a_root_or_none(text):
    root(text)
