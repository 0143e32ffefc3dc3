import time
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from worldstage.reading.normal import clean, line, paragraphs


def test_spaces_line_ends_and_control_characters_are_made_one():
    assert clean("a\u00a0b\u2009c\td\r\ne\rf\x07g\u200bh\u00adi\x85j\ufeff") == "a b c d\ne\nfghi\nj"


def test_blank_lines_are_never_doubled():
    assert clean("one  \n \n\t\n\n two ") == "one\n\ntwo"


def test_letters_are_composed_and_ligatures_opened():
    assert clean("Erdog\u0306an o\ufb03ce") == "Erdoğan office"


def test_halves_of_surrogate_pairs_can_be_stored_afterwards():
    assert clean("a\ud800b \ud83d\ude00") == "a\ufffdb 😀"


def test_direction_marks_that_hide_text_are_removed():
    assert clean("pay \u202eevil\u202c now\u2066") == "pay evil now"


def test_a_letter_with_countless_accents_takes_no_time():
    start = time.perf_counter()
    clean("a" + "\u0301\u0316" * 100_000)
    assert time.perf_counter() - start < 1


@given(st.text(max_size=300))
def test_clean_text_is_clean(text):
    cleaned = clean(text)
    assert cleaned == clean(cleaned)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in cleaned if c != "\n")
    assert "\n\n\n" not in cleaned
    assert "  " not in cleaned
    cleaned.encode()


def test_a_line_is_single_and_short():
    assert line(" Jets\n strike ") == "Jets strike"
    assert line("\u200b") is None
    assert len(line("x" * 1000) or "") == 300


def test_lines_broken_at_a_width_are_joined():
    text = clean(
        """President Vladimir Putin of Russia and President Francois Hollande of
France agreed on Tuesday to coordinate military operations in Syria, the
Kremlin said in a statement.

The two leaders spoke by telephone. They will meet in Moscow on 26
November."""
    )
    assert paragraphs(text, wrapped=True).split("\n\n") == [
        "President Vladimir Putin of Russia and President Francois Hollande of France agreed on Tuesday to coordinate"
        " military operations in Syria, the Kremlin said in a statement.",
        "The two leaders spoke by telephone. They will meet in Moscow on 26 November.",
    ]


def test_a_paragraph_a_line_stays_a_paragraph():
    lines = [
        "Russia struck Raqqa on Tuesday, the ministry of defence said in Moscow. " * 4,
        "Paris agreed.",
        "So did Rome.",
    ]
    text = clean("\n".join(lines))
    assert len(paragraphs(text, wrapped=True).split("\n\n")) == 3


def test_lists_are_not_run_together():
    text = clean("The ministers agreed on three points that concern the talks:\n- a ceasefire\n- aid\n- elections")
    assert paragraphs(text, wrapped=True).split("\n\n")[1:] == ["- a ceasefire", "- aid", "- elections"]


def test_words_broken_at_line_ends_become_whole_and_compounds_keep_their_hyphen():
    text = "Russian aircraft struck the town of Raqqa again on Tues-\nday, and the Saudi-\nled coalition struck Sanaa"
    assert paragraphs(text, wrapped=True) == (
        "Russian aircraft struck the town of Raqqa again on Tuesday, and the Saudi-led coalition struck Sanaa"
    )


@given(st.lists(st.text("ab .-\n", max_size=60), max_size=12), st.booleans())
def test_paragraphs_lose_no_letter(parts, wrapped):
    text = clean("\n".join(parts))
    kept = paragraphs(text, wrapped=wrapped)
    assert [c for c in kept if c in "ab"] == [c for c in text if c in "ab"]
    assert all(part and "\n" not in part for part in kept.split("\n\n")) or not kept
