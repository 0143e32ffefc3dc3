import pytest

from worldstage.coding.contexts import ContextFinder
from worldstage.coding.view import View
from worldstage.reference.plover import CONTEXTS
from worldstage.reference.tables import rows


@pytest.fixture
def contexts(nlp):
    finder = ContextFinder()
    return lambda text: finder.find(View(nlp(text)))


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("Warplanes bombed the rebels and artillery shelled the town.", "military"),
        ("Voters went to the ballot in the presidential election.", "election"),
        ("The suicide bomber belonged to al-Qaeda.", "terrorism"),
        ("Hackers stole the ministry's data with malware.", "cyber"),
        ("The ambassador presented a draft treaty at the talks.", "diplomatic"),
        ("Inspectors found sarin at the plant.", "cbrn"),
        ("The central bank raised interest rates as inflation rose.", "economic"),
        ("The United Nations peacekeepers stayed in the buffer zone.", "peacekeeping"),
        ("Police seized 200 kilos of cocaine.", "illegal_drugs"),
        ("An earthquake buried the village.", "disasters"),
        ("Human rights groups spoke of torture.", "human_rights"),
    ],
)
def test_a_context_is_given_where_its_words_stand(contexts, text, context):
    assert context in contexts(text)[0]


def test_weak_words_need_company(contexts):
    assert contexts("The party met on Monday.") == [()]


def test_words_of_a_longer_cue_do_not_count_alone(contexts):
    [found] = contexts("Islamic State claimed it.")
    assert "terrorism" in found
    assert "religion_ethnicity" not in found


def test_sentences_of_a_paragraph_share_and_paragraphs_do_not(contexts):
    found = contexts("The election was held on Sunday. Nobody complained.\n\nAn earthquake shook the valley.")
    assert found == [("election",), ("election",), ("disasters",)]


def test_long_texts_without_blank_lines_are_cut(contexts):
    filler = "He walked home along the road and thought of his supper and of the rain. " * 14
    found = contexts("The election was held. " + filler)
    assert found[0] == ("election",)
    assert found[-1] == ()


def test_no_text_no_contexts(contexts):
    assert contexts("") == []


def test_every_context_has_cues_and_every_cue_a_context():
    table = list(rows("contexts"))
    assert {row["context"] for row in table} == set(CONTEXTS)
    assert all(float(row["weight"]) in (0.5, 1.0, 2.0) and row["cue"] == row["cue"].lower().strip() for row in table)
    assert len({(row["context"], row["cue"]) for row in table}) == len(table)
