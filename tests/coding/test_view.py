import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.coding.views import tokens_only

from worldstage.coding.view import View

WORDS = st.sampled_from(
    [
        *"Russia the rebels in Aleppo said that it had struck ; , France's troops".split(),
        *"'quoted' bombed and — left . U.S. who 14,5".split(),
        "\n\n",
    ]
)
TEXTS = st.lists(WORDS, max_size=40).map(" ".join)


@given(st.text())
def test_tokens_stand_where_their_offsets_say(text):
    view = tokens_only(text)
    assert len(view.start) == len(view.end) == len(view) == len(view.text)
    for word, start, end in zip(view.text, view.start, view.end, strict=True):
        assert text[start:end] == word


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_tree_edges_and_sentences_are_those_of_spacy(nlp, text):
    doc = nlp(text)
    view = View(doc)
    assert view.sents == [(s.start, s.end) for s in doc.sents]
    for token in doc:
        i = token.i
        assert view.edges(i) == (token.left_edge.i, token.right_edge.i + 1)
        assert list(view.ancestors(i)) == [t.i for t in token.ancestors]
        assert view.children[i] == [t.i for t in token.children]
        assert (view.head[i], view.dep[i], view.tag[i], view.pos[i]) == (
            token.head.i,
            token.dep_,
            token.tag_,
            token.pos_,
        )
        assert view.ent[i] == token.ent_type_
        first, last = view.sents[view.sent[i]]
        assert first <= i < last


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_sentences_are_stripped_and_words_are_exact(nlp, text):
    view = View(nlp(text))
    for k, (first, last) in enumerate(view.sents):
        start, end, sentence = view.sentence(k)
        assert sentence == text[start:end]
        if sentence.strip():
            assert sentence == sentence.strip()
            assert view.words(first, last).strip() == sentence


def test_an_empty_range_has_no_words(nlp):
    view = View(nlp("Russia left."))
    assert view.words(1, 1) == ""
    assert view.words(2, 1) == ""


def test_an_empty_text_has_no_sentences(nlp):
    view = View(nlp(""))
    assert len(view) == 0
    assert view.sents == []


@pytest.mark.parametrize(
    ("text", "lemmas"),
    [
        ("Iran won't leave.", ["iran", "will", "not", "leave", "."]),
        ("Iran can’t leave.", ["iran", "can", "not", "leave", "."]),
        ("It'll strike Libya's army.", ["it", "will", "strike", "libya", "'s", "army", "."]),
    ],
)
def test_contractions_are_read_as_what_they_shorten(nlp, text, lemmas):
    assert View(nlp(text)).lemma == lemmas


def test_lemmas_are_in_lower_case_and_texts_as_they_stand(nlp):
    view = View(nlp("Turkish Jets struck."))
    assert view.text[0] == "Turkish"
    assert view.lower[0] == "turkish"
    assert all(lemma == lemma.lower() for lemma in view.lemma)
