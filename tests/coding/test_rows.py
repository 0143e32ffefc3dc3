import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from worldstage.coding.rows import NONE, find, parse, read
from worldstage.core.errors import InputError

GOOD = """\
# A comment.
Iran bombed Oman, and Qatar met Oman.
  Iran > Oman | ASSAULT aerial | occurred | bombed
  Qatar; Oman#2 > | CONSULT | occurred | met
# Another.
  Qatar > Iran | NONE

Oman slept.
  Oman > | NONE
"""


def test_sentences_with_their_pairs():
    one, two = parse(GOOD, source="x.txt")
    assert (one.text, one.source) == ("Iran bombed Oman, and Qatar met Oman.", "x.txt:2")
    assert (two.text, two.source) == ("Oman slept.", "x.txt:8")
    first, second, third = one.pairs
    assert (first.type, first.mode, first.status) == ("ASSAULT", ("aerial",), "occurred")
    assert first.actors == ((0, 4),)
    assert first.recipients == ((12, 16),)
    assert first.trigger == (5, 11)
    assert [one.text[slice(*s)] for s in second.actors] == ["Qatar", "Oman"]
    assert second.actors[1][0] > first.recipients[0][0]
    assert second.recipients == ()
    assert (third.type, third.trigger) == (NONE, None)


def test_files_are_read_in_order(tmp_path):
    for name, text in (("a.txt", "Iran slept.\n  Iran > | NONE\n"), ("b.txt", "Oman slept.\n  Oman > | NONE")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = list(read([tmp_path / "b.txt", tmp_path / "a.txt"]))
    assert [s.source for s in found] == ["b.txt:1", "a.txt:1"]


def test_an_empty_text_has_no_sentences():
    assert list(parse("\n\n# only a comment\n")) == []


S = "Iran bombed Oman."


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (f"{S}\n\nOman slept.\n  Oman > | NONE", 1, "without a pair"),
        ("\n  Iran > Oman | NONE", 2, "without a sentence"),
        (f"{S}\nOman slept.\n", 2, "two sentences"),
        (f"{S}\n  Iran Oman | NONE", 2, "no '>'"),
        (f"{S}\n  > | NONE", 2, "neither actor nor recipient"),
        (f"{S}\n  Iran > Oman", 2, "unknown type ''"),
        (f"{S}\n  Iran > Oman | BOMB | occurred | bombed", 2, "unknown type 'BOMB'"),
        (f"{S}\n  Iran > Oman | ASSAULT naval | occurred | bombed", 2, "no mode 'naval'"),
        (f"{S}\n  Iran > Oman | AGREE aerial | occurred | bombed", 2, "no mode 'aerial'"),
        (f"{S}\n  Iran > Oman | ASSAULT | occurred", 2, "3 fields"),
        (f"{S}\n  Iran > Oman | ASSAULT | perhaps | bombed", 2, "unknown status 'perhaps'"),
        (f"{S}\n  Iran > Oman | ASSAULT | occurred | shelled", 2, "'shelled' does not stand"),
        (f"{S}\n  Peru > Oman | NONE", 2, "'Peru' does not stand"),
        (f"{S}\n  Iran#2 > Oman | NONE", 2, "'Iran#2' does not stand"),
        (f"# c\n\n{S}\n  Iran > Oman | NONE\n  Peru > | NONE", 5, "'Peru' does not stand"),
    ],
)
def test_what_breaks_the_format_is_named_with_its_line(text, line, message):
    with pytest.raises(InputError) as caught:
        list(parse(text, source="x.txt"))
    assert caught.value.message.startswith(f"x.txt:{line}:")
    assert message in caught.value.message


def test_an_unknown_type_is_answered_with_the_known_ones():
    with pytest.raises(InputError) as caught:
        list(parse(f"{S}\n  Iran > Oman | BOMB | occurred | bombed"))
    assert "ASSAULT" in caught.value.expected
    assert NONE in caught.value.expected


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1), min_size=1), st.data())
def test_a_span_holds_the_words_that_were_sought(parts, data):
    sentence = " ".join(parts)
    words = data.draw(st.sampled_from(parts))
    assume("#" not in words)
    first, last = find(words, sentence)
    assert sentence[first:last] == words


@given(st.integers(1, 9))
def test_the_nth_occurrence(n):
    sentence = " ".join(["Iran met Iran"] * 5)
    first, last = find(f"Iran#{n}", sentence)
    assert sentence[first:last] == "Iran"
    assert sentence[:first].count("Iran") == n - 1


def test_whole_words_go_before_parts_of_words():
    assert find("US", "USSR and US") == (9, 11)
    assert find("US", "USSR alone") == (0, 2)
    assert find("striking", "The striking, striking#2") == (4, 12)
