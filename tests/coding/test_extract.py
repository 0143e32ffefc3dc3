"""What predicates tell: the logic with models made by hand, and planted events with the shipped ones."""

import pytest
from tests.coding.bundles import bundle
from tests.coding.conftest import PUBLISHED

from worldstage.coding.extract import Extractor, Told, answer
from worldstage.coding.frames import frame
from worldstage.core.records import Document


@pytest.fixture(scope="module")
def by_hand():
    return Extractor(bundle())


@pytest.fixture
def told(view_of, finder, by_hand):
    """A text → its view and what its predicates tell, by the models made by hand."""

    def run(text, extractor=by_hand):
        view = view_of(text)
        return view, extractor.told(view, finder.find(view, PUBLISHED))

    return run


def parties(mentions):
    return [a.code for m in mentions for a in m.actors]


def test_who_did_what_to_whom(told):
    view, [one] = told("Iran attacked Kuwait.")
    assert (one.type, parties(one.actors), parties(one.recipients)) == ("ASSAULT", ["IRN"], ["KWT"])
    assert view.text[one.at] == "attacked"
    assert one.status == "occurred"
    assert 0.35 <= one.confidence <= 1


def test_the_passive_has_the_same_parties(told):
    _, [one] = told("Kuwait was attacked by Iran.")
    assert (parties(one.actors), parties(one.recipients)) == (["IRN"], ["KWT"])


@pytest.mark.parametrize("text", ["Iran slept near Kuwait.", "Iran waited."])
def test_a_predicate_that_tells_nothing_is_passed_over(told, text):
    assert told(text)[1] == []


def test_what_more_likely_tells_nothing_is_left_out_even_if_all_is_asked_for(told):
    assert told("Iran waited.", Extractor(bundle(), least=0.0))[1] == []


def test_a_predicate_without_parties_tells_nothing(told):
    assert told("It rained and the sea attacked the rocks.")[1] == []


def test_a_text_without_mentions_tells_nothing(told):
    assert told("Dogs attacked.")[1] == []


def test_several_events_in_a_sentence_in_their_order(told):
    _, found = told("Iran attacked Kuwait, expelled Omani diplomats and met Qatar.")
    assert [(t.type, parties(t.actors)) for t in found] == [
        ("ASSAULT", ["IRN"]),
        ("SANCTION", ["IRN"]),
        ("CONSULT", ["IRN"]),
    ]
    assert [t.at for t in found] == sorted(t.at for t in found)


def test_a_noun_can_tell_an_event(told):
    view, [one] = told("Iran's attack shook Oman.")
    assert view.text[one.at] == "attack"
    assert (one.type, parties(one.actors)) == ("ASSAULT", ["IRN"])


def test_a_verb_and_its_noun_of_one_type_are_one_event(told):
    _, found = told("Iran held talks with Oman.")
    assert [t.type for t in found] == ["CONSULT"]


def test_a_verb_and_its_noun_of_two_types_with_the_same_parties_are_one_event(told):
    _, found = told("Iran cut off trade.")
    assert [t.type for t in found] == ["SANCTION"]


def test_two_verbs_of_one_type_stay_two_events(told):
    _, found = told("Iran attacked Kuwait and attacked Oman.")
    assert [parties(t.recipients) for t in found] == [["KWT"], ["OMN"]]


def test_who_says_so_is_no_party(told):
    _, [one] = told("Oman said Iran had attacked Kuwait.")
    assert (parties(one.actors), parties(one.recipients)) == (["IRN"], ["KWT"])


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Iran did not attack Kuwait.", "denied"),
        ("Iran will attack Kuwait.", "planned"),
        ("Oman will help if Iran attacks Kuwait.", "hypothetical"),
        ("Iran attacked Kuwait.", "occurred"),
    ],
)
def test_the_status_model_is_asked(told, text, status):
    _, found = told(text)
    assert [t.status for t in found if t.type == "ASSAULT"] == [status]


def test_only_modes_of_the_type_are_given(told):
    _, [one] = told("Iran expelled Kuwait.")
    assert one.mode == ("expel",)
    _, [one] = told("Iran met Kuwait.")
    assert one.mode == ()


def test_events_less_certain_than_asked_for_are_left_out(told):
    text = "Iran attacked Kuwait."
    [one] = told(text)[1]
    assert told(text, Extractor(bundle(), least=one.confidence))[1] != []
    assert told(text, Extractor(bundle(), least=one.confidence + 1e-6))[1] == []


def test_the_gate_keeps_predicates_out(told):
    closed = bundle()
    closed.about["gate"] = 0.9
    assert told("Iran attacked Kuwait.", Extractor(closed))[1] == []


# -- planted events, with the shipped models: type, one actor, one recipient --------------------------

PLANTED = [
    ("ASSAULT", "RUS", "SYR", "Russia bombed rebel positions in Syria on Monday."),
    ("ASSAULT", "RUS", "SYR", "Rebel positions in Syria were bombed by Russian warplanes."),
    ("ASSAULT", "ISR", "LBN", "Israeli artillery shelled villages in Lebanon."),
    ("ASSAULT", "BOKO", "NER", "Boko Haram fighters attacked a village in Niger, killing 12 people."),
    ("ASSAULT", "MLI", "FRA", "Gunmen kidnapped two French journalists in Mali."),
    ("ASSAULT", "KEN", "KEN", "Kenyan police fired tear gas at protesters in Nairobi."),
    ("ASSAULT", "SOM", "SOM", "A suicide bomber killed 15 soldiers in Mogadishu."),
    ("ASSAULT", "IRN", "IRQ", "Iraqi soldiers were killed by Iranian gunmen."),
    ("SANCTION", "TUR", "RUS", "Turkey expelled three Russian diplomats."),
    ("SANCTION", "GBR", "IRN", "Two Iranian diplomats were expelled by Britain."),
    ("SANCTION", "FRA", "TUR", "France recalled its ambassador from Turkey."),
    ("SANCTION", "USA", "PRK", "The United States imposed sanctions on North Korea."),
    ("SANCTION", "IND", "PAK", "India cut off trade with Pakistan."),
    ("SANCTION", "CAN", "RUS", "Canada froze the assets of Russian banks."),
    ("COERCE", "KEN", "KEN", "Kenyan police arrested twelve opposition activists."),
    ("COERCE", "MMR", "MMR", "Twelve students were arrested by police in Myanmar."),
    ("PROTEST", "GRC", "GRC", "Thousands of protesters marched in Athens against the government."),
    ("PROTEST", "CHL", None, "Chilean miners went on strike."),
    ("ACCUSE", "PAK", "IND", "Pakistan accused India of violating the ceasefire."),
    ("ACCUSE", "IRN", "SAU", "Iran condemned Saudi Arabia."),
    ("ACCUSE", "POL", "BLR", "Poland criticised Belarus over the arrests."),
    ("ACCUSE", "BLR", "BLR", "Belarus opened an inquiry into opposition leaders."),
    ("REJECT", "ISR", None, "Israel rejected a French proposal."),
    ("THREATEN", "PRK", "KOR", "North Korea threatened to attack South Korea."),
    ("THREATEN", "TUR", "GRC", "Turkey warned Greece that it would retaliate."),
    ("REQUEST", "PHL", "USA", "The Philippines asked the United States for military help."),
    ("REQUEST", "GHA", "TGO", "Ghana urged Togo to free the prisoners."),
    ("SUPPORT", "CAN", "KEN", "Canada praised Kenya."),
    ("CONSULT", "EGY", "SDN", "Egypt and Sudan held talks in Cairo on Monday."),
    ("CONSULT", "CHN", "IRN", "The Chinese president visited Iran."),
    ("CONSULT", "NGA", "GHA", "Nigeria's president telephoned the president of Ghana."),
    ("CONSULT", "PER", "CHL", "The foreign ministers of Peru and Chile met in Lima."),
    ("AGREE", "COL", "COL", "Colombia and the rebels agreed on a ceasefire."),
    ("AGREE", "SRB", "HUN", "Serbia agreed to sell gas to Hungary."),
    ("COOPERATE", "IND", "JPN", "India and Japan shared intelligence."),
    ("AID", "JPN", "YEM", "Japan donated medical supplies to Yemen."),
    ("AID", "IMF", "UKR", "The International Monetary Fund lent Ukraine one billion dollars."),
    ("RETREAT", "BOL", None, "Bolivia's president resigned on Sunday."),
    ("RETREAT", "TUR", "TUR", "Rebels freed a Turkish engineer."),
    ("CONCEDE", "IRQ", "KWT", "Iraq apologised to Kuwait."),
    ("MOBILIZE", "ETH", "ERI", "Ethiopia mobilised its troops along the border with Eritrea."),
    ("MOBILIZE", "KOR", None, "South Korea put its army on alert."),
]


@pytest.mark.parametrize(("kind", "actor", "recipient", "text"), PLANTED)
def test_planted_events_are_found(coder, kind, actor, recipient, text):
    [coding] = coder.code([Document.make(text, published=PUBLISHED)])
    found = []
    for event in coding.events:
        actors, recipients = {a.code for a in event.actors}, {r.code for r in event.recipients}
        # What two did together may have both as actors and no recipient.
        if (
            event.type == kind
            and actor in actors
            and (recipient in recipients | (actors if not recipients else set()) | {None})
        ):
            found.append(event.status)
    assert "occurred" in found


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("The foreign ministers of Peru and Chile will meet in Lima on Monday.", "AGREE", "planned"),
        ("Turkey plans to expel three Russian diplomats.", "SANCTION", "planned"),
        ("If Russia bombs the rebels, Turkey will retaliate.", "ASSAULT", "hypothetical"),
        ("Turkey may expel Russian diplomats.", "SANCTION", "hypothetical"),
        ("Russia did not bomb rebel positions in Syria.", "ASSAULT", "denied"),
        ("Kenya has not arrested any activists.", "COERCE", "denied"),
        ("In August 1990 Iraqi troops attacked Kuwait.", "ASSAULT", "historical"),
        ("Twenty years ago Serbian gunmen killed villagers in Bosnia.", "ASSAULT", "historical"),
    ],
)
def test_what_did_not_happen_or_is_long_past_has_not_occurred(coder, text, kind, status):
    [coding] = coder.code([Document.make(text, published=PUBLISHED)])
    assert [e.status for e in coding.events if e.type == kind] == [status]


# text, verbs, their types, actors and recipients; the recipient of the last in the end
ANSWERS = [
    ("Chad urged Mali to leave. Mali refused.", ("REQUEST", "REJECT"), [("Chad", "Mali"), ("Mali", "")], ["TCD"]),
    ("Chad urged Niger to leave. Mali refused.", ("REQUEST", "REJECT"), [("Chad", "Niger"), ("Mali", "")], []),
    ("Chad shelled Mali. Mali refused.", ("ASSAULT", "REJECT"), [("Chad", "Mali"), ("Mali", "")], []),
    ("Chad urged Mali to leave. Mali agreed.", ("REQUEST", "AGREE"), [("Chad", "Mali"), ("Mali", "")], ["TCD"]),
]


@pytest.mark.parametrize(("text", "types", "sides", "whom"), ANSWERS)
def test_an_answer_goes_to_who_had_asked(view_of, finder, text, types, sides, whom):
    view = view_of(text)
    mentions = finder.find(view, PUBLISHED)
    verbs = [i for i, tag in enumerate(view.tag) if tag == "VBD"]
    found = []
    for at, kind, (actor, recipient) in zip(verbs, types, sides, strict=True):
        here = [m for m in mentions if view.sent[m.head] == view.sent[at]]
        actors, recipients = ([m for m in here if view.text[m.head] == word] for word in (actor, recipient))
        found.append(Told(frame(view, at), kind, (), "occurred", actors, recipients, 0.5, 1.0))
    answer(view, found)
    assert parties(found[-1].recipients) == whom
    assert (found[-1].confidence < 0.5) == bool(whom)
