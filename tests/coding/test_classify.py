import pytest
from tests.coding.bundles import bundle

from worldstage.coding import parser
from worldstage.coding.classify import Classified, PairJudge, classify, classify_stream, locate
from worldstage.reference.plover import TYPES


@pytest.fixture
def judge(view_of):
    """Judges pairs with models made by hand."""
    by_hand = PairJudge(bundle())
    return lambda text, actor, recipient: by_hand.judge(view_of(text), actor, recipient)


@pytest.fixture
def shared_parser(nlp, monkeypatch):
    monkeypatch.setattr(parser, "load_parser", lambda name: nlp)


TWO = "Iran attacked Oman, and Oman met Qatar."


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "kind"),
    [
        (TWO, "Iran", "Oman", "ASSAULT"),
        (TWO, "Oman", "Qatar", "CONSULT"),
        ("Iran expelled Omani diplomats.", "Iran", "Omani diplomats", "SANCTION"),
        ("Oman was attacked by Iran.", "Iran", "Oman", "ASSAULT"),
    ],
)
def test_the_type_is_that_of_the_predicate_that_the_two_share(judge, text, actor, recipient, kind):
    found = judge(text, actor, recipient)
    assert found.type == kind
    assert 0 < found.confidence <= 1
    assert 0 < found.p_event <= 1


def test_mode_and_status_are_those_of_that_predicate(judge):
    assert judge("Iran expelled Oman.", "Iran", "Oman").mode == "expel"
    assert judge("Iran did not attack Oman.", "Iran", "Oman").status == "denied"
    assert judge("Iran met Oman.", "Iran", "Oman").mode == ""


def test_two_between_whom_nothing_happens_have_a_low_probability(judge):
    sure = judge("Iran attacked Oman.", "Iran", "Oman").p_event
    assert judge("Iran slept near Oman.", "Iran", "Oman").p_event < sure / 10


def test_the_other_way_round_is_less_likely(judge):
    assert judge("Iran attacked Oman.", "Oman", "Iran").p_event < judge("Iran attacked Oman.", "Iran", "Oman").p_event


@pytest.mark.parametrize(("actor", "recipient"), [("Peru", "Oman"), ("Iran", "Peru"), ("", ""), ("Peru", "Chile")])
def test_a_party_that_is_not_in_the_sentence_is_taken_as_not_given(judge, actor, recipient):
    assert judge("Iran attacked Oman.", actor, recipient).type == "ASSAULT"


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_an_empty_sentence_has_no_event(judge, text):
    found = judge(text, "Iran", "Oman")
    assert (found.p_event, found.confidence, found.mode) == (0.0, 0.0, "")
    assert found.type in TYPES


def test_a_sentence_without_a_known_predicate_still_has_a_type(judge):
    found = judge("Iran and Oman.", "Iran", "Oman")
    assert found.type in TYPES


def test_parties_of_other_sentences_are_sought_in_their_sentences(judge):
    assert judge("It rained. Iran attacked Oman. Qatar met Peru.", "Iran", "Oman").type == "ASSAULT"
    assert judge("It rained. Iran attacked Oman. Qatar met Peru.", "Qatar", "Peru").type == "CONSULT"


def test_where_a_party_stands(view_of):
    view = view_of("The army of Iran met IRANIAN rebels.")
    assert view.text[locate(view, "The army of Iran")] == "army"
    assert view.text[locate(view, "iranian rebels")] == "rebels"
    assert view.text[locate(view, " Iran ")] == "Iran"
    assert locate(view, "Peru") is None
    assert locate(view, "  ") is None


def test_answers_come_in_the_order_of_the_pairs(shared_parser):
    pairs = [
        ("Iran bombed Oman.", "Iran", "Oman"),
        ("", "Iran", "Oman"),
        ("Ghana thanked Togo for its help.", "Ghana", "Togo"),
        ("Iran bombed Oman.", "Iran", "Oman"),
    ]
    found = classify(pairs)
    assert len(found) == 4
    assert found[0] == found[3]
    assert found[0].type == "ASSAULT"
    assert found[1].p_event == 0
    assert all(isinstance(one, Classified) for one in found)


def test_pairs_are_taken_as_they_come(shared_parser):
    def endless():
        while True:
            yield ("Iran bombed Oman.", "Iran", "Oman")

    stream = classify_stream(endless())
    assert next(stream) == next(stream)


def test_no_pairs_no_answers(shared_parser):
    assert classify([]) == []
