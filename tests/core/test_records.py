import datetime as dt
import json

from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import make_actor, make_document, make_event

from worldstage.core.records import Document, Range, as_json, digest


def test_document_id_follows_from_text_date_and_outlet():
    one = Document.make("a", published=dt.date(2015, 1, 1))
    assert one.id == Document.make("a", published=dt.date(2015, 1, 1), title="other title").id
    assert one.id != Document.make("a", published=dt.date(2015, 1, 2)).id
    assert one.id != Document.make("a", published=dt.date(2015, 1, 1), publisher="Example Gazette").id
    assert one.id == one.sha256[:16]


def test_event_goes_out_with_the_fields_of_the_design_in_order():
    event = make_event(make_document().id, deaths=Range(4, None))
    out = as_json(event)
    assert list(out)[:6] == ["id", "type", "mode", "context", "quad", "score"]
    assert "trigger" not in out
    assert out["deaths"] == {"low": 4, "high": None}
    assert list(out["actors"][0]) == ["code", "name", "country", "sector", "person", "office", "text"]
    assert out["date"] == "2015-11-17"
    json.dumps(out)


@given(st.lists(st.one_of(st.none(), st.text(), st.integers()), min_size=1))
def test_digest_is_stable_and_short(parts):
    assert digest(*parts) == digest(*parts)
    assert len(digest(*parts)) == 16


def test_digest_tells_the_border_between_parts():
    assert digest("ab", "c") != digest("a", "bc")


def test_actor_keeps_country():
    assert make_actor("SYR", "REB").country == "SYR"
