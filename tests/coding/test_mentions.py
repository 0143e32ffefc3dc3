"""Who is named: own sentences with persons of the invented cast (`tests/coding/conftest.py`)."""

import datetime as dt
from collections import Counter

import pytest
from tests.coding.conftest import PUBLISHED

from worldstage.coding.mentions import MentionFinder
from worldstage.reference.actors import Directory
from worldstage.reference.entries import all_entries
from worldstage.reference.tables import Entry


@pytest.fixture
def mentions_of(view_of, finder):
    """A text → the view and its mentions."""

    def run(text, day=PUBLISHED):
        view = view_of(text)
        return view, finder.find(view, day)

    return run


@pytest.fixture
def codes(mentions_of):
    """A text → ``code/sector`` of each mention in order; several joined by ``+``; without pronouns and unknowns."""

    def run(text):
        _, found = mentions_of(text)
        return ["+".join(f"{a.code}/{a.sector}" for a in m.actors) for m in found if m.kind in ("name", "role")]

    return run


def only(found, words, view):
    """The one mention that reads so."""
    [m] = [m for m in found if view.words(m.first, m.last) == words]
    return m


# text, code/sector of what is named in it, in order
NAMED = [
    ("Russia bombed Aleppo.", ["RUS/GOV"]),
    ("Iran and Iraq signed a pact.", ["IRN/GOV", "IRQ/GOV"]),
    ("NATO warned Russia.", ["NATO/IGO", "RUS/GOV"]),
    ("The Kremlin rebuffed the White House.", ["RUS/GOV", "USA/GOV"]),
    ("Hezbollah shelled Israel.", ["HEZBOLLAH/REB", "ISR/GOV"]),
    ("Oslo talked with Madrid.", ["NOR/GOV", "ESP/GOV"]),
    ("The French rebuffed Iran.", ["FRA/GOV", "IRN/GOV"]),
    ("Turkish troops entered Iraq.", ["TUR/MIL", "IRQ/GOV"]),
    ("Egypt's army fired on Sudanese fishermen.", ["EGY/MIL", "SDN/CVL"]),
    ("The army of Sudan shelled rebels.", ["SDN/MIL", "SDN/REB"]),
    ("Lawmakers in Kenya thanked Uganda's foreign ministry.", ["KEN/LEG", "UGA/GOV"]),
    ("Rebels from Chad attacked Cameroon.", ["TCD/REB", "CMR/GOV"]),
    ("Russian and French warplanes attacked Libya.", ["RUS/MIL+FRA/MIL", "LBY/GOV"]),
    ("The Czech, Slovak and Hungarian ministers thanked Austria.", ["CZE/GOV+SVK/GOV+HUN/GOV", "AUT/GOV"]),
    ("The foreign ministers of Peru, Chile and Bolivia thanked Spain.", ["PER/GOV+CHL/GOV+BOL/GOV", "ESP/GOV"]),
    ("Saudi-led warplanes attacked Yemen.", ["SAU/MIL", "YEM/GOV"]),
    ("The Swedish secretary of defence thanked Finland.", ["SWE/GOV", "FIN/GOV"]),
    ("Norway's chief of staff thanked Denmark.", ["NOR/GOV", "DNK/GOV"]),
    ("Israel annexed the West Bank.", ["ISR/GOV", "PSE/UNK"]),
    ("Russian, French and British warplanes attacked Libya.", ["RUS/MIL+FRA/MIL+GBR/MIL", "LBY/GOV"]),
    ("French Algerian officials thanked Iran.", ["FRA/GOV", "IRN/GOV"]),
    ("Boko Haram gunmen fled Niger.", ["BOKO/REB", "NER/GOV"]),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_names_demonyms_and_bodies(codes, text, expected):
    assert codes(text) == expected


# text, a word that begins a known name there but names nobody, code that must not appear
NOT_NAMED = [
    ("US-backed rebels seized a village.", "USA"),
    ("Anti-Russian protesters marched in Kyiv.", "RUS"),
    ("Pro-Iranian gunmen fled.", "IRN"),
    ("Michael Jordan visited a school.", "JOR"),
    ("Georgia Miller praised the pact.", "GEO"),
    ("Talks were held in Vienna.", "AUT"),
    ("MOSCOW, March 9 (Wire) - Ghana thanked Togo.", "RUS"),
    ("ANKARA, Turkey — Ghana thanked Togo.", "TUR"),
    ("Paris (Wire) - Ghana thanked Togo.", "FRA"),
    ("A headline\n\nBEIRUT, Lebanon — Ghana thanked Togo.", "LBN"),
]


@pytest.mark.parametrize(("text", "code"), NOT_NAMED)
def test_names_that_name_nobody(mentions_of, text, code):
    _, found = mentions_of(text)
    assert code not in {a.code for m in found for a in m.actors if m.kind == "name"}


def test_protesters_against_a_state_are_those_of_the_place(codes):
    assert codes("Anti-Russian protesters marched in Kyiv.") == ["UKR/CVL"]


def test_an_abbreviation_before_a_dash_is_no_dateline(codes):
    assert codes("NATO — once written off — thanked Togo.") == ["NATO/IGO", "TGO/GOV"]


# -- persons --------------------------------------------------------------------------------------


def test_a_leader_has_state_office_and_the_title_in_the_text(mentions_of):
    view, found = mentions_of("Russian Defence Minister Oleg Barsukov thanked Iran.")
    m = only(found, "Oleg Barsukov", view)
    [actor] = m.actors
    assert (actor.code, actor.sector, actor.person, actor.office) == ("RUS", "GOV", "Oleg Barsukov", "Defence Minister")
    assert actor.text == "Russian Defence Minister Oleg Barsukov"
    assert m.person
    assert not m.plural
    assert m.kind == "name"
    assert [a.code for f in found for a in f.actors] == ["RUS", "IRN"]


def test_the_surname_after_the_full_name_is_the_same_person(mentions_of):
    view, found = mentions_of("Nadia Okoro flew to Accra. Okoro praised Ghana.")
    [actor] = only(found, "Okoro", view).actors
    assert (actor.code, actor.person) == ("NGA", "Nadia Okoro")


def test_a_title_gives_an_unknown_person_country_sector_and_office(mentions_of):
    view, found = mentions_of("Swedish envoy Berta Sundal met rebels. Sundal praised them.")
    first = only(found, "Swedish envoy Berta Sundal", view).actors[0]
    assert (first.code, first.sector, first.person, first.office) == ("SWE", "GOV", "Berta Sundal", "envoy")
    again = only(found, "Sundal", view).actors[0]
    assert (again.code, again.person) == ("SWE", "Berta Sundal")


@pytest.mark.parametrize(
    "text",
    [
        "Berta Sundal, the Swedish envoy, praised the pact.",
        "The Swedish envoy, Berta Sundal, praised the pact.",
    ],
)
def test_an_apposition_gives_an_unknown_person_a_country(mentions_of, text):
    view, found = mentions_of(text)
    [actor] = only(found, "Berta Sundal", view).actors
    assert (actor.code, actor.sector, actor.person) == ("SWE", "GOV", "Berta Sundal")


def test_an_unknown_person_without_a_title_stays_unknown(mentions_of):
    view, found = mentions_of("Berta Sundal praised the pact.")
    m = only(found, "Berta Sundal", view)
    assert m.kind == "unknown"
    assert m.actors[0].code is None
    assert m.actors[0].person == "Berta Sundal"


def test_a_name_with_a_hyphen_is_one_mention(mentions_of):
    view, found = mentions_of("Swedish Foreign Minister Karim al-Sundal thanked Iran.")
    people = [m for m in found if m.actors[0].person]
    assert [view.words(m.first, m.last)[-15:] for m in people] == ["Karim al-Sundal"]
    assert people[0].actors[0].code == "SWE"


def test_a_title_before_a_name_is_no_second_actor(mentions_of):
    _, found = mentions_of("Algerian President Karim Haddadi thanked Iran.")
    assert [a.code for m in found for a in m.actors] == ["DZA", "IRN"]
    # The parser hangs title and name on the verb one by one.
    view, found = mentions_of("Saudi Foreign Minister Adel al-Jubeir rejected the offer.", dt.date(2016, 1, 4))
    assert [(view.words(m.first, m.last), m.actors[0].code) for m in found] == [("Adel al-Jubeir", "SAU")]


@pytest.mark.parametrize("title", ["Former president", "The ousted Togolese president", "Ex-president"])
def test_former_leaders_are_no_government(view_of, title):
    leaver = Entry(
        "Omar Velin", "TGO", "Togo", "TGO", "GOV", "leader", "Omar Velin", "President",
        dt.date(2001, 1, 1), dt.date(2009, 1, 1),
    )  # fmt: skip
    finder = MentionFinder(Directory([*all_entries(), leaver]))
    [m] = [m for m in finder.find(view_of(f"{title} Omar Velin praised Benin."), PUBLISHED) if m.actors[0].person]
    assert (m.actors[0].code, m.actors[0].sector, m.actors[0].office) == ("TGO", "ELI", None)
    [m] = [m for m in finder.find(view_of("Omar Velin praised Benin."), dt.date(2005, 5, 5)) if m.actors[0].person]
    assert (m.actors[0].sector, m.actors[0].office) == ("GOV", "President")


def test_a_pronoun_is_no_surname(view_of):
    someone = Entry("He", "CHN", "China", "CHN", "GOV", "surname", "Lan He", "Minister")
    finder = MentionFinder(Directory([*all_entries(), someone]))
    found = finder.find(view_of("He praised Benin."), PUBLISHED)
    assert [a.code for m in found for a in m.actors] == ["BEN"]


def test_a_word_is_no_surname(view_of):
    someone = Entry("Top", "THA", "Thailand", "THA", "GOV", "surname", "Lan Top", "Minister")
    finder = MentionFinder(Directory([*all_entries(), someone]))
    found = finder.find(view_of("Top officials in Iran slept."), PUBLISHED)
    assert [a.code for m in found for a in m.actors] == ["IRN"]


def test_the_end_of_a_title_is_no_name(mentions_of):
    view, found = mentions_of("The Swedish Secretary of State thanked Iran.")
    assert [view.words(m.first, m.last) for m in found] == ["Swedish Secretary of State", "Iran"]


def test_the_minister_is_the_one_named_before(mentions_of):
    view, found = mentions_of("Anna Lindqvist flew to Accra. The foreign minister praised Ghana.")
    [actor] = only(found, "foreign minister", view).actors
    assert actor.person == "Anna Lindqvist"
    assert actor.text == "foreign minister"


def test_the_finance_minister_is_not_the_prime_minister(mentions_of):
    view, found = mentions_of("Tomas Reyl resigned. The finance minister praised him.")
    assert only(found, "finance minister", view).actors[0].person is None


# -- bodies without a country -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Police fired at students in Lima.", "Police", "PER"),
        ("Police in Nairobi arrested students.", "Police", "KEN"),
        ("Ghana held a vote. Police guarded the polls.", "Police", "GHA"),
        ("KABUL — Police fired at students.", "Police", "AFG"),
        ("Togo mourned. It rained. It rained more. It rained still. Police came.", "Police", "TGO"),
    ],
)
def test_police_are_those_of_the_surroundings(mentions_of, text, words, code):
    view, found = mentions_of(text)
    [actor] = only(found, words, view).actors
    assert (actor.code, actor.sector) == (code, "POL")


def test_police_of_nowhere_have_no_country(mentions_of):
    view, found = mentions_of("Police fired at students.")
    [actor] = only(found, "Police", view).actors
    assert (actor.code, actor.sector) == (None, "POL")


# -- pronouns ---------------------------------------------------------------------------------------

PRONOUNS = [
    ("Nadia Okoro flew to Accra. She praised Ghana.", "She", ["NGA"]),
    ("Karim Haddadi flew to Accra. Ghana thanked him.", "him", ["DZA"]),
    ("Turkish troops entered Iraq. They shelled a village.", "They", ["TUR"]),
    ("Hamas attacked Israel. It also fired rockets.", "It", ["HAMAS"]),
    ("Russian and French warplanes struck. They hit a bridge.", "They", ["RUS", "FRA"]),
    ("France and Germany signed a pact. The two countries hailed it.", "The two countries", ["FRA", "DEU"]),
    ("Iran and Iraq met. Both governments hailed the talks.", "Both governments", ["IRN", "IRQ"]),
    ("Iran met Iraq, and Iran thanked Iraq. Both sides hailed the talks.", "Both sides", ["IRN", "IRQ"]),
]


@pytest.mark.parametrize(("text", "pronoun", "expected"), PRONOUNS)
def test_pronouns_stand_for_actors_named_before(mentions_of, text, pronoun, expected):
    view, found = mentions_of(text)
    m = only(found, pronoun, view)
    assert m.kind == "pronoun"
    assert [a.code for a in m.actors] == expected
    assert {a.text for a in m.actors} == {pronoun}


@pytest.mark.parametrize(
    "text",
    [
        "He left.",
        "Ghana thanked Togo. She left.",
        "Ghana thanked the two men.",
        "Karim Haddadi left. It rained. It stopped. It snowed. He slept.",
    ],
)
def test_pronouns_without_antecedent_stand_for_nobody(mentions_of, text):
    _, found = mentions_of(text)
    assert [m for m in found if m.kind == "pronoun"] == []


# -- the whole ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [text for text, *_ in (*NAMED, *NOT_NAMED, *PRONOUNS)])
def test_every_mention_has_a_head_of_its_own_inside_it(mentions_of, text):
    view, found = mentions_of(text)
    assert all(m.first <= m.head < m.last <= len(view) for m in found)
    assert max(Counter(m.head for m in found).values(), default=1) == 1
    assert all(m.reason for m in found)
    assert [m.head for m in found] == sorted(m.head for m in found)


def test_nothing_is_named_in_an_empty_text(mentions_of):
    assert mentions_of("")[1] == []


@pytest.mark.parametrize("title", ["Mrs", "Ms."])
def test_mr_and_mrs_are_no_first_names(codes, title):
    assert codes(f"{title} Lindqvist thanked Mr Reyl.") == ["SWE/GOV", "CZE/GOV"]
