import re
import xml.etree.ElementTree as ElementTree

import altair as alt
import pytest

from worldstage.charts.parts import values
from worldstage.charts.svg import to_svg

HOSTILE = "</svg><script>alert(1)</script>\"'&"


def _chart(text="Paris"):
    base = alt.Chart(values([{"x": 1, "text": text}])).encode(x="x:Q", text="text:N")
    return alt.layer(base.mark_text(), base.mark_point(clip=True)).properties(width=100, height=40)


@pytest.fixture(scope="module")
def drawn():
    return to_svg(_chart(), ident="one", title="Title & more", description="Description")


def test_it_says_what_it_is_to_those_who_do_not_see_it(drawn):
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    assert [root[0].tag, root[0].text, root[1].tag, root[1].text] == ["title", "Title & more", "desc", "Description"]
    assert root.get("aria-labelledby").split() == [root[0].get("id"), root[1].get("id")]


def test_the_marks_do_not_speak_for_themselves(drawn):
    root = ElementTree.fromstring(drawn)
    assert not [e for e in root.iter() if e is not root and ("role" in e.attrib or "aria-label" in e.attrib)]


def test_it_scales_and_carries_no_namespace(drawn):
    root = ElementTree.fromstring(drawn)
    assert root.get("width") is None
    assert root.get("viewBox")
    assert "xmlns" not in drawn


def test_ids_and_references_to_them_carry_the_prefix():
    drawn = to_svg(_chart(), ident="two", title="", description="")
    ids = re.findall(r' id="([^"]+)"', drawn)
    assert ids
    assert all(i.startswith("two-") for i in ids)
    assert set(re.findall(r"url\(#([^)]+)\)", drawn)) <= set(ids)
    assert re.search(r"url\(#two-", drawn)


def test_hostile_text_stays_text():
    drawn = to_svg(_chart(HOSTILE), ident="three", title=HOSTILE, description=HOSTILE)
    assert "<script" not in drawn
    root = ElementTree.fromstring(drawn)
    assert HOSTILE in [e.text for e in root.iter("text")]
    assert not [k for e in root.iter() for k in e.attrib if k.startswith("on") or k == "href"]


def test_the_same_chart_gives_the_same_drawing_every_time():
    one, other = (to_svg(_chart(), ident="same", title="", description="") for _ in range(2))
    assert one == other


@pytest.mark.parametrize("text", ["\uffff", "\ud800", "\x00\x1b", "\ufdd0", "\U0010ffff", "\ue000", "\u202e"])
def test_characters_that_end_the_renderer_do_not_reach_it(text):
    chart = _chart(f"a{text}b").properties(title=f"c{text}d")
    drawn = to_svg(chart, ident="odd", title="", description="")
    assert ">a b</text>" in drawn
    assert ">c d</text>" in drawn


def test_data_from_the_network_are_refused():
    chart = alt.Chart("https://example.org/data.json").mark_point().encode(x="x:Q")
    with pytest.raises(ValueError, match=r"example\.org"):
        to_svg(chart, ident="four", title="", description="")
