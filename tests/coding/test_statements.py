"""Who says what: sentences composed for these tests."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.coding.views import tokens_only
from tests.conftest import make_event

from worldstage.coding.statements import find_statements
from worldstage.core.records import Document, Evidence, digest


def brief(statements):
    """Speaker, verb, quoted, text of each."""
    return [(s.speaker.person or s.speaker.code or s.speaker.name, s.verb, s.quoted, s.text) for s in statements]


LINDQVIST, REYL, HADDADI, BARSUKOV, OKORO = (
    "Anna Lindqvist",
    "Tomas Reyl",
    "Karim Haddadi",
    "Oleg Barsukov",
    "Nadia Okoro",
)

DIRECT = [
    ("“We will not sell the port,” Lindqvist said.", [(LINDQVIST, "say", True, "We will not sell the port")]),
    (
        '"The dam is ours. Nobody will drain it," President Nadia Okoro told reporters in Lagos.',
        [(OKORO, "tell", True, "The dam is ours. Nobody will drain it")],
    ),
    ("‘I don’t expect a deal’, said Tomas Reyl, the prime minister.", [(REYL, "say", True, "I don’t expect a deal")]),
    ("'We will wait,' Haddadi said.", [(HADDADI, "say", True, "We will wait")]),
    ('Barsukov said: "The fleet has left."', [(BARSUKOV, "say", True, "The fleet has left.")]),
    ("“No,” Reyl said.", [(REYL, "say", True, "No")]),
    ("“Is that a threat?” asked Lindqvist.", [(LINDQVIST, "ask", True, "Is that a threat?")]),
    ("According to Reyl, “the treaty is a dead letter”.", [(REYL, "say", True, "the treaty is a dead letter")]),
    (
        "In the words of the prime minister, Tomas Reyl, “the winter will be long”.",
        [(REYL, "say", True, "the winter will be long")],
    ),
    (
        "Okoro: “We have run out of patience with the militias.”",
        [(OKORO, "say", True, "We have run out of patience with the militias.")],
    ),
    (
        "“It is for Algiers to take the first step” – Karim Haddadi",
        [(HADDADI, "say", True, "It is for Algiers to take the first step")],
    ),
    ("``We have signed nothing,'' Reyl said.", [(REYL, "say", True, "We have signed nothing")]),
    (
        "Haddadi, speaking after talks with his Moroccan counterpart, said: “The border stays shut.”",
        [(HADDADI, "say", True, "The border stays shut.")],
    ),
    (
        "“The ferry,” Lindqvist said, “was never ours to stop.”",
        [(LINDQVIST, "say", True, "The ferry was never ours to stop.")],
    ),
    ("“Yes, we shot it down!” shouted a soldier.", [("soldier", "shout", True, "Yes, we shot it down!")]),
]

PARTIAL = [
    ("Okoro called the raid “an insult to every Nigerian”.", [(OKORO, "call", True, "an insult to every Nigerian")]),
    ('Reyl called it a "barbaric act".', [(REYL, "call", False, 'Reyl called it a "barbaric act"')]),
    (
        "The Kremlin dismissed the report as “nonsense”.",
        [("RUS", "dismiss", False, "The Kremlin dismissed the report as “nonsense”")],
    ),
    ("Barsukov said the exercise was “a rehearsal for war”.", [(BARSUKOV, "say", True, "a rehearsal for war")]),
    (
        "Haddadi wrote that Algeria “will not trade its gas for promises”.",
        [(HADDADI, "write", True, "will not trade its gas for promises")],
    ),
    (
        "Okoro said the raid was “an attack on the whole nation” and that the army would answer it.",
        [(OKORO, "say", True, "an attack on the whole nation"), (OKORO, "say", False, "the army would answer it")],
    ),
    (
        "Reyl said the parties had met twice in Brno and would go on working “without a pause” until Easter.",
        [
            (
                REYL,
                "say",
                False,
                "the parties had met twice in Brno and would go on working “without a pause” until Easter",
            )
        ],
    ),
]

REPORTED = [
    (
        "Lindqvist said that Sweden would keep its embassy open.",
        [(LINDQVIST, "say", False, "Sweden would keep its embassy open")],
    ),
    (
        "Reyl warned the bridge might not survive the winter.",
        [(REYL, "warn", False, "the bridge might not survive the winter")],
    ),
    ("The talks, Haddadi said, would resume in Oran.", [(HADDADI, "say", False, "The talks would resume in Oran")]),
    ("The talks would resume in Oran, Haddadi said.", [(HADDADI, "say", False, "The talks would resume in Oran")]),
    (
        "Okoro said the army had left, adding that the police would stay.",
        [(OKORO, "say", False, "the army had left"), (OKORO, "add", False, "the police would stay")],
    ),
    (
        "According to the Norwegian defence ministry, two jets were scrambled.",
        [("NOR", "say", False, "two jets were scrambled")],
    ),
    ("Two jets were scrambled, according to Norway's military.", [("NOR", "say", False, "Two jets were scrambled")]),
    ("In Moscow's view, the mission is illegal.", [("RUS", "say", False, "the mission is illegal")]),
    ("Barsukov vowed to rebuild the base.", [(BARSUKOV, "vow", False, "to rebuild the base")]),
    ("Reyl urged Slovakia to reopen the crossing.", [(REYL, "urge", False, "to reopen the crossing")]),
    ("Ankara accused Athens of arming the islands.", [("TUR", "accuse", False, "arming the islands")]),
    (
        "Turkey's claim that the drone had crossed its border was false.",
        [("TUR", "claim", False, "the drone had crossed its border")],
    ),
    ("The Kremlin's position is that the treaty must stay.", [("RUS", "position", False, "the treaty must stay")]),
    ("Tokyo made clear that it would not join.", [("JPN", "make clear", False, "it would not join")]),
    (
        "Okoro demanded an inquiry and threatened to close the airport.",
        [(OKORO, "demand", False, "an inquiry"), (OKORO, "threaten", False, "to close the airport")],
    ),
    ("Ankara threatened Athens with a blockade.", [("TUR", "threaten", False, "a blockade")]),
    ("Norway said it needed time; Poland accepted.", [("NOR", "say", False, "it needed time")]),
    ("Haddadi went on to say that the fees would fall.", [(HADDADI, "say", False, "the fees would fall")]),
    (
        "Lindqvist was quoted by a newspaper as saying that the cable had been cut.",
        [(LINDQVIST, "say", False, "the cable had been cut")],
    ),
    (
        "The Polish foreign ministry issued a statement saying that the note was a forgery.",
        [("POL", "say", False, "the note was a forgery")],
    ),
    ("As Reyl put it, the budget was a skeleton.", [(REYL, "put", False, "the budget was a skeleton")]),
    (
        "Reyl and Lindqvist said they had agreed on a list.",
        [(REYL, "say", False, "they had agreed on a list"), (LINDQVIST, "say", False, "they had agreed on a list")],
    ),
    (
        "Reyl said he believed that the gap could be closed.",
        [(REYL, "say", False, "he believed that the gap could be closed")],
    ),
    (
        "Russia does not believe that the sanctions will last.",
        [("RUS", "believe", False, "Russia does not believe that the sanctions will last")],
    ),
]

NOTHING = [
    "The film “The Long Winter Road” was banned in Poland.",
    "His nickname is “the Butcher of the Delta”.",
    "A man known as “Tiny Max” was shot in Brno.",
    "The so-called “governor” fled to Algiers.",
    "Reyl did not say whether the troops would leave.",
    "Lindqvist will say on Friday that the truce is holding.",
    "If Okoro says she is sorry, Accra will lift the ban.",
    "It was announced that the bridge had been closed.",
    "Okoro called her Ghanaian counterpart to talk about cocoa.",
    "The governor threatened the rebels.",
    "The army marched through Oran at dawn.",
    "",
    "   \n\n ",
]


@pytest.mark.parametrize(("text", "expected"), DIRECT + PARTIAL + REPORTED)
def test_statement(statements_of, text, expected):
    assert brief(statements_of(text)) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_no_statement(statements_of, text):
    assert statements_of(text) == []


def test_titles_and_names_in_reported_speech_are_no_quotations(statements_of):
    found = statements_of("Operation “Northern Resolve” began in March, Barsukov said.")
    assert brief(found) == [(BARSUKOV, "say", False, "Operation “Northern Resolve” began in March")]


def test_one_speaker_two_quotations(statements_of):
    found = statements_of("“We saw them,” Okoro said. “They saw us too.” The hall fell silent.")
    assert brief(found) == [(OKORO, "say", True, "We saw them"), (OKORO, "say", True, "They saw us too.")]


def test_a_quotation_without_a_verb_goes_on_from_the_speaker_before(statements_of):
    found = statements_of(
        "“It is a fine line,” Reyl said in Prague.\n\n“We walk it every day. We will go on walking it.”"
    )
    assert brief(found)[1] == (REYL, "say", True, "We walk it every day. We will go on walking it.")


def test_a_quotation_after_a_sentence_about_a_person_is_theirs(statements_of):
    found = statements_of("Haddadi was blunt. “This is a theft of our water.”")
    assert brief(found) == [(HADDADI, "say", True, "This is a theft of our water.")]


def test_paragraphs_that_open_again_have_one_speaker(statements_of):
    text = "“The mission goes on.\n\n“We have a plan,” Barsukov told parliament."
    assert brief(statements_of(text)) == [
        (BARSUKOV, "tell", True, "The mission goes on."),
        (BARSUKOV, "tell", True, "We have a plan"),
    ]


def test_pronouns_stand_for_the_last_speaker(statements_of):
    found = statements_of(
        "Reyl said the vote was lost. In a nod to Lindqvist's letter, he added that it would be repeated."
    )
    assert [s.speaker.person for s in found] == [REYL, REYL]


def test_a_body_named_before_is_meant_by_its_short_name(statements_of):
    text = "The Polish defence ministry denied the report. “Germany was told in time,” the ministry said."
    assert statements_of(text)[-1].speaker.code == "POL"


def test_two_speakers_in_one_sentence(statements_of):
    found = statements_of("Reyl said “the ice is thin here”, and Lindqvist added “it will not hold us”.")
    assert [(s.speaker.person, s.text) for s in found] == [
        (REYL, "the ice is thin here"),
        (LINDQVIST, "it will not hold us"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Haddadi told Morocco that the border would stay shut.", "MAR"),
        ("Ankara accused Athens of arming the islands.", "GRC"),
        ("Reyl said Poland had broken the treaty.", "POL"),
        ("Lindqvist told reporters that Denmark would pay.", "DNK"),
        ("Okoro said the rains were late.", None),
        ("Okoro said Nigeria would not wait.", None),
        ("The Security Council called on all states to “take every lawful measure” against Boko Haram.", "BOKO"),
    ],
)
def test_target(statements_of, text, code):
    target = statements_of(text)[0].target
    assert (target.code if target else None) == code


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Reyl said on Tuesday that the talks would begin on Friday.", dt.date(2016, 3, 8)),
        ("Reyl said the talks would begin on Friday.", dt.date(2016, 3, 10)),
        ("“We begin on Friday,” Reyl said.", dt.date(2016, 3, 10)),
        ("On 2 March, Lindqvist warned that the cable was worn.", dt.date(2016, 3, 2)),
    ],
)
def test_date_is_that_of_the_saying(statements_of, text, day):
    assert statements_of(text)[0].date == day


def test_without_a_date_of_publication_there_is_none(statements_of):
    assert statements_of("Reyl said the vote was lost.", published=None)[0].date is None


def test_firmness_orders_statements(statements_of):
    texts = [
        "Okoro vowed to crush the militias.",
        "Okoro said the militias were tired.",
        "Okoro hinted that talks might begin.",
    ]
    scores = [statements_of(text)[0].firmness for text in texts]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0
    assert scores[-1] < 0.3


def test_the_event_of_the_same_sentence_and_actor_is_linked(statements_of):
    text = "The rain stopped. Haddadi warned Morocco that the border would stay shut."
    start = text.index("Haddadi")
    document = Document.make(text, published=dt.date(2016, 3, 10)).id
    evidence = (Evidence(document, start, len(text), text[start:]),)
    own = dataclasses.replace(make_event(document, "THREATEN", ("DZA",), ("MAR",)), evidence=evidence)
    other = dataclasses.replace(make_event(document, "THREATEN", ("TUN",), ("MAR",)), evidence=evidence)
    elsewhere = dataclasses.replace(own, id="x", evidence=(Evidence(document, 0, 17, text[:17]),))
    assert statements_of(text, events=[other, elsewhere, own])[0].event == own.id
    assert statements_of(text, events=[other])[0].event is None


def test_ids_and_evidence(statements_of):
    text = "A dull day.\n\n“We saw them,” Okoro said. She left."
    (one,) = statements_of(text)
    document = Document.make(text, published=dt.date(2016, 3, 10))
    start = text.index("We saw")
    assert one.id == digest(document.id, start, start + len("We saw them,"))
    assert one.evidence.text == "“We saw them,” Okoro said."
    assert text[one.evidence.start : one.evidence.end] == one.evidence.text


def test_a_headline_without_full_stop_is_no_part_of_the_evidence(statements_of):
    text = "Prague backs down\n\nReyl said the vote was lost."
    assert statements_of(text)[0].evidence.text == "Reyl said the vote was lost."


PIECES = [
    "Reyl said",
    "“",
    "”",
    '"',
    "'",
    "‘",
    "’",
    " that ",
    "he",
    ", ",
    ". ",
    "?",
    "\n\n",
    "Q: ",
    "A: ",
    "told Poland",
    "according to ",
    "we will",
    "the minister",
    ":",
    "—",
    "**",
    "12 ",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_never_raises_and_spans_are_exact(statements_of, text):
    for s in statements_of(text):
        assert text[s.evidence.start : s.evidence.end] == s.evidence.text
        assert s.text
        assert 0.0 <= s.firmness <= 1.0


@given(st.text(max_size=80))
def test_never_raises_on_any_characters(text):
    document = Document.make(text)
    assert isinstance(find_statements(tokens_only(text), document, [], events=[], whens=[]), list)
