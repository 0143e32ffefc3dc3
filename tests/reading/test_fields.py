import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.reading import fields


@pytest.mark.parametrize(
    "record",
    [
        {"text": "T", "title": "H", "date": "2015-11-17", "outlet": "O", "author": "A", "url": "U", "language": "en"},
        {"body": "T", "headline": "H", "published_at": "2015-11-17", "source": {"id": 1, "name": "O"},
         "authors": [{"name": "A"}], "link": "U", "lang": "en"},
        {"Content": "T", "Title": "H", "pub_date": 1447754400, "Publisher": "O", "byline": "A", "href": "U",
         "inLanguage": "en"},
        {"content_text": "T", "title": "H", "datePublished": "17 Nov 2015", "publication": "O", "creator": ["A"],
         "permalink": "U", "language": "en"},
    ],
)  # fmt: skip
def test_keys_in_their_many_spellings(record):
    assert fields.of(record) == fields.Fields("T", "H", dt.date(2015, 11, 17), "O", "A", "en", "U")


def test_the_better_key_wins_and_empty_values_say_nothing():
    assert fields.of({"summary": "short", "text": "whole"}).text == "whole"
    assert fields.of({"summary": "short", "text": " ", "title": None}).text == "short"
    assert fields.of({"text": ["one", "two"]}).text == "one\n\ntwo"


def test_an_address_is_no_name():
    assert fields.of({"publisher": "https://example.org", "author": "http://example.org/me"}) == fields.Fields()


def test_lines_with_known_names():
    assert fields.looks_named("Pub date: 17 Nov 2015") == ("pubdate", "17 Nov 2015")
    assert fields.looks_named('title: "Jets strike"') == ("title", "Jets strike")
    assert fields.looks_named("Putin: we will find them") is None
    assert fields.looks_named("text: no") is None


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "date", "author", "name", "url"]), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["text", "body", "title", "date", "source", "author", "url", "lang"]), _JSON))
def test_any_record_is_read_without_error(record):
    found = fields.of(record)
    assert found.text is None or isinstance(found.text, str)
