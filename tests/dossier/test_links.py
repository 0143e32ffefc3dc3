import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.dossier.links import anchor, out, outside, to


@pytest.mark.parametrize("address", ["https://example.org/a?b=1&c=2", "http://example.org", "HTTPS://EXAMPLE.ORG/x"])
def test_addresses_of_the_web_are_linked(address):
    assert outside(address) == address
    assert out(address, "a").startswith('<a href="')


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org/x",
        "/reports/a.md",
        "reports/a.md",
        "http:",
        "https://",
        "http://[",
        "https://example.org/\x00",
        "https://example.org/ a",
        'https://example.org/"onclick=alert(1)',
        "",
        None,
    ],
)
def test_nothing_else_is(address):
    assert outside(address) is None
    assert out(address, "<b>") == "&lt;b&gt;"


@given(st.text())
def test_a_link_never_leaves_its_attribute(address):
    drawn = str(out(address, "x"))
    assert drawn == "x" or drawn.count('"') == 4


@given(st.lists(st.text(min_size=1), min_size=1, max_size=3))
def test_anchors_are_plain_and_tell_keys_apart(keys):
    found = anchor("event", *keys)
    assert found.replace("-", "").replace("_", "").isalnum()
    assert found.isascii()
    assert anchor("event", *keys, "x") != found


def test_plain_keys_stay_readable():
    assert anchor("between", "RUS", "TUR") == "between-RUS-TUR"
    assert to("between-RUS-TUR", "<3>") == '<a href="#between-RUS-TUR">&lt;3&gt;</a>'
