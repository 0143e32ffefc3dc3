import datetime as dt

import pytest

from worldstage.core.errors import InputError
from worldstage.reading.feed import READER

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>
<title>Example Wire</title><language>en-gb</language>
<item><title>One &amp; two</title><link>https://example.org/1</link><pubDate>Tue, 17 Nov 2015 23:30:00 -0500</pubDate>
<description>&lt;p&gt;Russia struck &lt;b&gt;Raqqa&lt;/b&gt;.&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;</description>
</item><item><title>Three</title><description>France struck too.</description></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title><entry><title>T</title>
<link href="https://example.org/a"/><published>2015-11-17T10:00:00Z</published><author><name>Ann</name></author>
<summary>Short.</summary><content type="html">&lt;p&gt;The whole report is longer.&lt;/p&gt;</content></entry></feed>"""


def test_rss_gives_an_entry_a_draft(raw):
    one, three = READER.read(raw(RSS))
    assert (one.title, one.text, one.address) == ("One & two", "Russia struck Raqqa.", "https://example.org/1")
    assert (one.published, one.publisher, one.language) == (dt.date(2015, 11, 17), "Example Wire", "en-gb")
    assert (three.part, three.published) == ("2", None)


def test_atom_gives_the_whole_content(draft):
    found = draft(READER, ATOM)
    assert (found.text, found.author, found.published) == ("The whole report is longer.", "Ann", dt.date(2015, 11, 17))


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251"])
def test_the_encoding_that_the_feed_declares(raw, encoding):
    text = RSS.replace("utf-8", encoding).replace("France struck too.", "Россия и Франция договорились.")
    assert list(READER.read(raw(text.encode(encoding))))[1].text == "Россия и Франция договорились."


BOMB = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>
<rss><channel><item><title>&b;</title></item></channel></rss>"""


@pytest.mark.parametrize("data", [BOMB.encode(), BOMB.encode("utf-16"), BOMB.replace("<!ENTITY", "<!entity").encode()])
def test_entities_are_refused(raw, data):
    with pytest.raises(InputError, match="entities"):
        list(READER.read(raw(data)))


def test_small_errors_are_mended(draft):
    assert (
        draft(READER, "<rss><channel><item><title>x</title><description>Russia &nbsp; struck</description></item>").text
        == "Russia struck"
    )


def test_a_document_type_is_not_fetched(draft):
    item = "<rss><channel><item><description>Russia struck.</description></item></channel></rss>"
    data = f'<!DOCTYPE rss SYSTEM "file:///etc/passwd">{item}'
    assert draft(READER, data).text == "Russia struck."


def test_content_that_is_a_path_is_not_opened(raw, tmp_path):
    secret = tmp_path / "secret.xml"
    secret.write_text(RSS)
    with pytest.raises(InputError):
        list(READER.read(raw(str(secret), "a.rss")))


@pytest.mark.parametrize("data", ["<rss></rss>", "<feed>", "<rss><channel>"])
def test_a_feed_without_entries_is_refused(raw, data):
    with pytest.raises(InputError, match="feed"):
        list(READER.read(raw(data)))


def test_feeds_are_known_by_their_root(raw):
    assert READER.claims(raw(RSS, "a.txt"))
    assert READER.claims(raw("<!-- c -->" + ATOM[21:]))
    assert not READER.claims(raw("<html><rss></html>"))
    assert not READER.claims(raw("<?xml version='1.0'?><urlset>"))
