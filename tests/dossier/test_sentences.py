from hypothesis import given
from hypothesis import strategies as st

from worldstage.dossier.sentences import LONGEST, marked, shortened


def test_the_trigger_is_marked_at_its_place_in_the_document():
    found = marked("Jets shot down a plane.", 100, (105, 114))
    assert (found.before, found.mark, found.after) == ("Jets ", "shot down", " a plane.")


def test_a_trigger_elsewhere_marks_nothing():
    for trigger in (None, (0, 4), (98, 104), (120, 130), (105, 105)):
        assert marked("Jets shot down a plane.", 100, trigger).mark == ""
    assert marked("Jets shot down a plane.", None, (5, 9)).before == "Jets shot down a plane."


@given(st.text(min_size=1, max_size=2000), st.data())
def test_parts_make_up_the_sentence_or_its_middle(text, data):
    first = data.draw(st.integers(0, len(text) - 1))
    last = data.draw(st.integers(first + 1, len(text)))
    found = marked(text, 7, (first + 7, last + 7))
    if len(text) <= LONGEST:
        assert found.before + found.mark + found.after == text
        assert found.mark == text[first:last]
    assert len(found.before) + len(found.mark) + len(found.after) <= 1.5 * LONGEST + 10


def test_a_text_without_end_is_cut_around_the_mark():
    text = "word " * 5000 + "struck" + " word" * 5000
    at = text.index("struck")
    found = marked(text, 0, (at, at + 6))
    assert found.mark == "struck"
    assert found.before.startswith("… word")
    assert found.after.endswith("word …")


def test_shortened_cuts_between_words():
    assert shortened("one two three", 9) == "one two …"
    assert shortened("one", 9) == "one"
    assert shortened("x" * 20, 9) == "x" * 9 + " …"
