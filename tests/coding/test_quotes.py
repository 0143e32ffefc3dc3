"""Which words stand between quotation marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.coding.quotes import find_quotes


def words(text):
    return [text[q.start : q.end] for q in find_quotes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will stay,” she said. “We must.”", ["We will stay,", "We must."]),
        ('"We will stay," she said. He is 6\'2" tall.', ["We will stay,"]),
        (
            "‘I don’t think so’, said Reyl. ‘The miners’ union won’t agree’, he said.",
            ["I don’t think so", "The miners’ union won’t agree"],
        ),
        ("'They lied' he said. It's the rebels' fault.", ["They lied"]),
        ("``We go,'' he said.", ["We go,"]),
        ("„Nein“ and «Oui» and ”Nej”", ["Nein", "Oui", "Nej"]),
        ("“He told me ‘no’ twice,” she said.", ["He told me ‘no’ twice,"]),
        ("‘He told me “no” twice,’ she said.", ["He told me “no” twice,"]),
        ('the "moderate" opposition\'s "leader"', ["moderate", "leader"]),
        ('He said:"We go" and left.', ["We go"]),
        ('a 5" gun and a 6" gun', []),
        ("It's the '90s; rock 'n' roll; the workers' paradise.", []),
        ("'Abd al-Malik said the clans' elder had come.", []),
        ("nothing to see", []),
        ("", []),
    ],
)
def test_words_in_marks(text, expected):
    assert words(text) == expected


def test_paragraphs_that_open_again_go_on_from_the_one_before():
    quotes = find_quotes("“First, no close.\n\n“Second.\n\n“Third,” she said.\n\n“Another,” he said.")
    assert [q.follows for q in quotes] == [False, True, True, False]


def test_a_quotation_over_two_paragraphs_is_cut_at_the_gap():
    text = '"One paragraph.\n\nAnother." she said'
    assert words(text) == ["One paragraph.", "Another."]
    assert find_quotes(text)[1].follows


def test_an_unclosed_mark_swallows_nothing():
    assert words('He measured 5" of rain.\n\n“We are dry,” she said.') == ["We are dry,"]
    assert words('She said "we go.\n\nThe rest of the text has no marks.') == []


@given(st.text(alphabet="ab. ,\n\"'“”‘’„«»`s?!", max_size=200))
def test_spans_are_ordered_apart_and_inside_the_text(text):
    end = 0
    for q in find_quotes(text):
        assert end <= q.left <= q.start < q.end <= q.right <= len(text)
        assert text[q.start : q.end].strip() == text[q.start : q.end]
        end = q.right
