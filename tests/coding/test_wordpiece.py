"""Word pieces: the longest known pieces first, accents and case aside, the unknown told as such."""

from hypothesis import given
from hypothesis import strategies as st

from worldstage.coding.wordpiece import WordPiece

PIECES = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "un",
    "##want",
    "##ed",
    "run",
    "##ning",
    "é",
    "e",
    "##u",
    "@",
    "#",
    ",",
    "$",
    "中",
]
SPLIT = WordPiece(PIECES)


def pieces(text, **more):
    return [PIECES[i] for i in SPLIT(text, **more)]


def test_words_fall_into_the_longest_known_pieces():
    assert pieces("UNwanted running") == ["[CLS]", "un", "##want", "##ed", "run", "##ning", "[SEP]"]


def test_accents_fall_and_marks_stand_alone():
    assert pieces("Éu,@run@$") == ["[CLS]", "e", "##u", ",", "@", "run", "@", "$", "[SEP]"]
    assert pieces("中un") == ["[CLS]", "中", "un", "[SEP]"]


def test_a_word_of_unknown_letters_is_unknown():
    assert pieces("runx un") == ["[CLS]", "[UNK]", "un", "[SEP]"]
    assert pieces("u" * 100) == ["[CLS]", "[UNK]", "[SEP]"]


def test_long_texts_are_cut_and_still_end():
    assert pieces("run " * 50, limit=5) == ["[CLS]", "run", "run", "run", "[SEP]"]


@given(st.text(max_size=80))
def test_any_text_gives_known_rows_within_the_limit(text):
    rows = SPLIT(text, limit=16)
    assert 2 <= len(rows) <= 16
    assert rows[0] == 2
    assert rows[-1] == 3
    assert all(0 <= r < len(PIECES) for r in rows)
