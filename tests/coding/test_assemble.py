"""From what a predicate tells to records: what is told is planted, so that no model takes part."""

import datetime as dt
from dataclasses import replace

import pytest
from tests.coding.conftest import PUBLISHED
from tests.conftest import make_event

from worldstage.coding.assemble import Assembler, merge
from worldstage.coding.casualties import find_tolls
from worldstage.coding.dates import find_dates
from worldstage.coding.extract import Told
from worldstage.coding.frames import frame
from worldstage.coding.places import PlaceFinder
from worldstage.core.records import Document, Evidence, Place, Range
from worldstage.reference import actors
from worldstage.reference.plover import score


@pytest.fixture(scope="module")
def assemble(view_of, finder):
    """A text and what is told in it, ``(trigger, type, actors, recipients)`` by their head words → events."""
    assembler = Assembler(actors.default(), "by hand 1")
    places = PlaceFinder(actors.default())

    def run(text, *told, published=PUBLISHED, status="occurred", mode=()):
        view = view_of(text)
        document = Document.make(text, published=published, publisher="The Daily")
        mentions = finder.find(view, published)
        by_head = {view.text[m.head]: m for m in reversed(mentions)}
        planted = [
            Told(
                frame(view, view.text.index(trigger)), kind, mode, status,
                [by_head[a] for a in doers], [by_head[r] for r in others], 0.9, 0.8,
            )
            for trigger, kind, doers, others in told
        ]  # fmt: skip
        return assembler.events(
            view, document, planted, mentions=mentions, whens=find_dates(view, published),
            places=places.find(view, mentions), tolls=find_tolls(view), contexts=[("military",)] * len(view.sents),
        )  # fmt: skip

    return run


def codes(parties):
    return [a.code for a in parties]


ATTACK = ("attacked", "ASSAULT", ["Iran"], ["Oman"])


def test_an_event_carries_what_was_told_and_its_evidence(assemble):
    text = "It rained. Iran attacked Oman. It rained."
    [event] = assemble(text, ATTACK, mode=("aerial",))
    assert (event.type, event.mode, event.context, event.status) == ("ASSAULT", ("aerial",), ("military",), "occurred")
    assert (event.quad, event.score) == ("material conflict", score("ASSAULT", ("aerial",)))
    assert (codes(event.actors), codes(event.recipients)) == (["IRN"], ["OMN"])
    assert (event.publisher, event.coder, event.confidence) == ("The Daily", "by hand 1", 0.9)
    [evidence] = event.evidence
    assert evidence.text == text[evidence.start : evidence.end] == "Iran attacked Oman."
    assert evidence.document == Document.make(text, published=PUBLISHED, publisher="The Daily").id
    assert text[slice(*event.trigger)] == "attacked"


def test_the_id_stays_the_same_and_differs_by_trigger_and_parties(assemble):
    text = "Iran attacked Oman and then bombed Oman again."
    [one] = assemble(text, ATTACK)
    [same] = assemble(text, ATTACK)
    [other] = assemble(text, ("bombed", "ASSAULT", ["Iran"], ["Oman"]))
    [turned] = assemble(text, ("attacked", "ASSAULT", ["Oman"], ["Iran"]))
    assert one.id == same.id
    assert len({one.id, other.id, turned.id}) == 3


# -- parties ------------------------------------------------------------------------------------------


def test_nobody_stands_on_both_sides(assemble):
    [event] = assemble("Iran attacked Oman.", ("attacked", "ASSAULT", ["Iran"], ["Iran", "Oman"]))
    assert (codes(event.actors), codes(event.recipients)) == (["IRN"], ["OMN"])


def test_an_event_without_parties_is_none(assemble):
    assert assemble("Iran attacked Oman.", ("attacked", "ASSAULT", [], [])) == []


def test_one_body_of_a_state_can_act_on_another(assemble):
    [event] = assemble("Kenyan police arrested Kenyan students.", ("arrested", "COERCE", ["police"], ["students"]))
    assert [(a.code, a.sector) for a in (*event.actors, *event.recipients)] == [("KEN", "POL"), ("KEN", "EDU")]


def test_those_who_only_receive_a_mutual_act_do_it(assemble):
    [event] = assemble("A deal was signed by Iran and Oman.", ("signed", "AGREE", [], ["Iran", "Oman"]))
    assert (codes(event.actors), event.recipients) == (["IRN", "OMN"], ())
    [event] = assemble("Clashes between Iran and Oman went on.", ("Clashes", "ASSAULT", [], ["Iran", "Oman"]))
    assert (codes(event.actors), event.recipients) == (["IRN", "OMN"], ())


def test_those_who_were_attacked_together_did_not_do_it(assemble):
    [event] = assemble("Iran and Oman were bombed.", ("bombed", "ASSAULT", [], ["Iran", "Oman"]))
    assert (event.actors, codes(event.recipients)) == ((), ["IRN", "OMN"])


def test_a_title_and_the_name_beside_it_are_one_actor(assemble):
    text = "The Swedish envoy, Berta Sundal, thanked Oman."
    [event] = assemble(text, ("thanked", "SUPPORT", ["envoy", "Sundal"], ["Oman"]))
    assert [a.person for a in event.actors] == ["Berta Sundal"]


def test_each_of_several_countries_is_an_actor(assemble):
    [event] = assemble("Russian and French jets attacked Oman.", ("attacked", "ASSAULT", ["jets"], ["Oman"]))
    assert codes(event.actors) == ["RUS", "FRA"]


def test_offices_are_those_of_the_day_of_the_event(assemble):
    text = "In May 2010 Vladimir Putin thanked Oman."
    [event] = assemble(text, ("thanked", "SUPPORT", ["Putin"], ["Oman"]))
    assert (event.actors[0].person, event.actors[0].office) == ("Vladimir Putin", "Prime Minister")
    [event] = assemble("Vladimir Putin thanked Oman.", ("thanked", "SUPPORT", ["Putin"], ["Oman"]))
    assert event.actors[0].office == "President"


# -- dates and status -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Iran attacked Oman on Monday.", dt.date(2016, 3, 7)),
        ("On 2 March Iran attacked Oman.", dt.date(2016, 3, 2)),
        ("Iran attacked Oman.", PUBLISHED),
        ("Iran attacked Oman, which had expelled an envoy on Monday.", PUBLISHED),
        ("Iran, which Oman criticised on Monday, attacked Oman.", PUBLISHED),
        ("Iran attacked Oman after Qatar expelled an envoy on Monday.", PUBLISHED),
        ("On Monday Iran shelled Qatar and attacked Oman.", dt.date(2016, 3, 7)),
        ("It rained on Monday. Iran attacked Oman.", PUBLISHED),
    ],
)
def test_a_date_belongs_to_the_predicate_of_its_own_clause(assemble, text, day):
    [event] = assemble(text, ATTACK)
    assert (event.date, event.date_precision) == (day, "day")


def test_the_date_of_a_subordinate_clause_is_that_of_its_verb(assemble):
    text = "Iran attacked Oman, which had expelled an envoy on Monday."
    main, inner = assemble(text, ATTACK, ("expelled", "SANCTION", ["Oman"], ["Iran"]))
    assert (main.date, inner.date) == (PUBLISHED, dt.date(2016, 3, 7))


def test_the_date_of_a_noun_stands_in_its_phrase(assemble):
    text = "Iran defended its attack of 2 March on Oman."
    [event] = assemble(text, ("attack", "ASSAULT", ["Iran"], ["Oman"]))
    assert event.date == dt.date(2016, 3, 2)


def test_the_nearest_clause_above_goes_before_those_further_up(assemble):
    text = "Qatar said on Monday that Iran vowed on 2 March to attack Oman."
    [event] = assemble(text, ("attack", "ASSAULT", ["Iran"], ["Oman"]))
    assert event.date == dt.date(2016, 3, 2)


def test_without_any_date_none_is_made_up(assemble):
    [event] = assemble("Iran attacked Oman.", ATTACK, published=None)
    assert (event.date, event.date_precision) == (None, "unknown")


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("In 1980 Iran attacked Oman.", "occurred", "historical"),
        ("Iran attacked Oman on Monday.", "occurred", "occurred"),
        ("Iran attacked Oman on 20 March.", "occurred", "planned"),
        ("In 1980 Iran attacked Oman.", "denied", "denied"),
        ("Iran attacked Oman on 20 March.", "hypothetical", "hypothetical"),
    ],
)
def test_dates_correct_the_status_of_what_occurred(assemble, text, told, expected):
    if "20 March" in text:
        text = text.replace("20 March", "20 March 2016")
    [event] = assemble(text, ATTACK, status=told)
    assert event.status == expected


# -- places -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Iran attacked Oman near Aleppo.", "Aleppo"),
        ("Near Aleppo, Iran attacked Oman.", "Aleppo"),
        ("KABUL — Iran attacked Oman.", "Kabul"),
        ("KABUL — Iran attacked Oman near Aleppo.", "Aleppo"),
        ("Iran attacked Oman.", None),
        ("Officials in Cairo said Iran had attacked Oman.", None),
        ("He said in Cairo that Iran had attacked Oman.", None),
        ("In Cairo, he said Iran had attacked Oman.", "Cairo"),
        ("Iran attacked Oman, which had expelled rebels in Mali.", None),
        ("Iran shelled rebels near Aleppo and attacked Oman.", None),
        ("Iran attacked Oman in Syria, near Aleppo.", "Aleppo"),
    ],
)
def test_the_place_is_that_of_the_clause(assemble, text, place):
    [event] = assemble(text, ATTACK)
    assert (event.place and event.place.name) == place


# -- the dead and injured -----------------------------------------------------------------------------------


def test_the_dead_and_injured_of_an_act(assemble):
    [event] = assemble("Iran attacked Oman, killing at least four men and injuring nine.", ATTACK)
    assert (event.deaths, event.injured) == (Range(4, None), Range(9, 9))


def test_only_what_harms_has_victims(assemble):
    [event] = assemble("Iran thanked Oman after a storm killed 12 men.", ("thanked", "SUPPORT", ["Iran"], ["Oman"]))
    assert event.deaths is None


def test_the_dead_are_counted_once(assemble):
    text = "Iran attacked Oman after Qatar bombed a village, killing 12 men."
    found = assemble(text, ATTACK, ("bombed", "ASSAULT", ["Qatar"], []))
    assert [e.deaths for e in found].count(Range(12, 12)) == 1


# -- who says so ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Qatar said Iran had attacked Oman.", "Qatar"),
        ("Iran attacked Oman, Qatar said.", "Qatar"),
        ("The army announced that Iran had attacked Oman.", "army"),
        ("Iran attacked Oman, according to Qatar.", "Qatar"),
        ("According to a witness, Iran attacked Oman.", "witness"),
        ("Nadia Okoro spoke. She said Iran had attacked Oman.", "Nadia Okoro"),
        ("He said Iran had attacked Oman.", None),
        ("Iran attacked Oman.", None),
    ],
)
def test_attribution(assemble, text, source):
    [event] = assemble(text, ATTACK)
    assert event.attribution == source


def test_who_claims_an_act_of_its_own_is_quoted(assemble):
    [event] = assemble("Iran said it had attacked Oman.", ("attacked", "ASSAULT", ["it"], ["Oman"]))
    assert (event.attribution, codes(event.actors)) == ("Iran", ["IRN"])


def test_who_acts_by_saying_is_not_quoted(assemble):
    [event] = assemble("Iran announced that it would free Omanis.", ("free", "RETREAT", ["Iran"], ["Omanis"]))
    assert event.attribution is None


# -- repetitions ------------------------------------------------------------------------------------------------


def test_what_is_told_twice_is_one_event_with_two_evidences(assemble):
    text = "Iran attacked Oman. The world slept. Iran bombed Oman."
    [event] = assemble(text, ATTACK, ("bombed", "ASSAULT", ["Iran"], ["Oman"]))
    assert [e.text for e in event.evidence] == ["Iran attacked Oman.", "Iran bombed Oman."]
    assert text[slice(*event.trigger)] == "attacked"


@pytest.mark.parametrize(
    "change",
    [
        {"status": "denied"},
        {"date": dt.date(2015, 11, 18)},
        {"kind": "AGREE"},
        {"recipients": ("DEU",)},
        {"actors": ("DEU",)},
    ],
)
def test_what_differs_is_not_merged(change):
    assert len(merge([make_event("d"), make_event("d", start=10, **change)])) == 2


HERE, THERE = Place("Aleppo", "SYR"), Place("Raqqa", "SYR")


def test_events_at_two_places_stay_two_and_each_meets_its_repetition():
    told = [
        make_event("d", place=HERE),
        make_event("d", start=10, place=THERE),
        make_event("d", start=20, place=THERE),
        make_event("d", start=30, place=None),
    ]
    one, two = merge(told)
    assert (one.place, two.place) == (HERE, THERE)
    assert [e.start for e in one.evidence] == [0, 30]
    assert [e.start for e in two.evidence] == [10, 20]
    assert (one.id, two.id) == (told[0].id, told[1].id)


def test_merging_keeps_what_either_telling_knows():
    plain = make_event("d", kind="ASSAULT", confidence=0.5)
    full = make_event(
        "d", kind="ASSAULT", start=10, place=HERE, deaths=Range(2, 2), injured=Range(1, None), attribution="Iran",
        mode=("aerial",), confidence=0.9,
    )  # fmt: skip
    for order in ([plain, full], [full, plain]):
        [event] = merge(order)
        assert (event.place, event.deaths, event.injured) == (HERE, Range(2, 2), Range(1, None))
        assert (event.attribution, event.mode, event.confidence) == ("Iran", ("aerial",), 0.9)
        assert event.score == score("ASSAULT", ("aerial",))
        assert event.id == order[0].id


def test_one_sentence_is_no_evidence_twice():
    event = make_event("d")
    again = replace(event, id="other", evidence=(Evidence("d", 0, 5, "words"),))
    [one] = merge([event, again])
    assert one.evidence == event.evidence


def test_order_is_that_of_the_first_tellings():
    first, second = make_event("d"), make_event("d", kind="AGREE", start=5)
    assert [e.type for e in merge([first, second, make_event("d", start=9)])] == ["CONSULT", "AGREE"]
