import pytest

from worldstage.core import plugins
from worldstage.core.errors import ConfigError, InputError
from worldstage.reading import registry


@pytest.mark.parametrize(
    ("data", "name", "reader"),
    [
        ("Russia struck.", "a.txt", "text"), ("Russia struck.", "", "text"), ("Russia struck.", "a.md", "markdown"),
        ("# Jets strike", "", "markdown"), ("<!doctype html><p>x", "a.txt", "html"), ("x", "a.htm", "html"),
        ("%PDF-1.4", "a.txt", "pdf"), ("junk\n%PDF-1.4", "a", "pdf"), ('{"text": "x"}', "a.txt", "json"),
        ("x", "a.jsonl", "json"),
        ("<rss version='2.0'>", "a.html", "feed"), ("x", "a.unknown", "text"), ("<script>x", "a.txt", "text"),
    ],
)  # fmt: skip
def test_content_goes_before_ending(raw, data, name, reader):
    assert registry.choose(raw(data, name)).name == reader


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [(b"", "a.txt", "empty"), (b"PK\x03\x04...", "page.html", "zip archive"),
     (b"<?xml version='1.0'?><urlset>", "a.xml", "neither a feed"),     (b"a,b\n1,2", "a.csv", "table")],
)  # fmt: skip
def test_what_is_no_report_is_refused(raw, data, name, reason):
    with pytest.raises(InputError, match=reason):
        registry.choose(raw(data, name))


def test_unknown_endings_are_read_only_if_named(raw):
    with pytest.raises(InputError, match=r"\.py in a folder"):
        registry.choose(raw("Russia struck.", "a.py", named=False))


@pytest.fixture
def installed(monkeypatch):
    """Replace what is installed."""

    def make(parts: dict[str, object]) -> None:
        registry.readers.cache_clear()
        monkeypatch.setattr(plugins, "names", lambda group: tuple(parts))
        monkeypatch.setattr(plugins, "load", lambda group, name: parts[name])

    yield make
    registry.readers.cache_clear()


def test_without_entry_points_the_message_says_what_to_do(installed):
    installed({})
    with pytest.raises(ConfigError, match="install worldstage again"):
        registry.readers()


def test_a_plug_in_of_the_wrong_kind_is_named(installed):
    installed({"odd": len})
    with pytest.raises(ConfigError, match="'odd'"):
        registry.readers()


def test_a_reader_of_another_package_takes_part(installed, raw):
    from worldstage.reading.raw import Draft, Reader
    from worldstage.reading.text import READER

    telegram = Reader(
        "telegram", (".tg",), lambda raw: raw.opening.startswith("STOP"), lambda raw: iter([Draft("x", "tg")]), order=5
    )
    installed({"text": READER, "telegram": telegram})
    assert registry.choose(raw("STOP Russia struck", "a.txt")) is telegram
    assert registry.choose(raw("Russia struck", "a.tg")) is telegram
