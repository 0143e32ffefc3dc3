"""Which numbers are figures: sentences composed for these tests."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.coding.views import tokens_only

from worldstage.coding.figures import find_figures
from worldstage.core.records import Document, digest


def brief(figures):
    """Value or bounds, unit, qualifier of each."""
    return [(f.value if f.value is not None else (f.low, f.high), f.unit, f.qualifier) for f in figures]


SHARES = [
    ("58 percent of Swedes approve of the ban.", [(58, "percent", None)]),
    ("About 61.5% of voters turned out.", [(61.5, "percent", "about")]),
    ("Support for the ban fell from 72 to 66 per cent.", [(72, "percent", None), (66, "percent", None)]),
    ("Between 55 and 60 percent of Czechs own a car.", [((55, 60), "percent", None)]),
    ("Two thirds of Nigerians back the army.", [(66.6667, "percent", None)]),
    ("Two-thirds of the 450 delegates voted for it.", [(66.6667, "percent", None), (450, "delegates", None)]),
    ("A quarter of Italians want out.", [(25, "percent", None)]),
    ("One in five Greeks has left the island.", [(20, "percent", None)]),
    ("Nine out of ten Finns trust the police.", [(90, "percent", None)]),
    ("Nearly half of Algerians fear a war.", [(50, "percent", "nearly")]),
    ("A majority of Poles want talks.", [((50, None), "percent", None)]),
    ("The rate rose by 3.4 percentage points.", [(3.4, "percentage points", None)]),
    ("Exports shrank 12 percent and imports 9 percent.", [(12, "percent", None), (9, "percent", None)]),
]

CASUALTIES = [
    (
        "At least 130 people were killed and 350 injured.",
        [(130, "people killed", "at least"), (350, "people injured", None)],
    ),
    ("The blast left 43 dead and 200 wounded.", [(43, "people killed", None), (200, "people injured", None)]),
    ("Twelve soldiers died at the bridge.", [(12, "soldiers killed", None)]),
    ("The raid killed 12 farmers and wounded 30 others.", [(12, "farmers killed", None), (30, "people injured", None)]),
    ("The death toll rose to 137.", [(137, "people killed", None)]),
    ("The flood claimed 40 lives.", [(40, "people killed", None)]),
    (
        "Twenty-one people, including two children, were killed.",
        [(21, "people killed", None), (2, "children killed", None)],
    ),
    ("One soldier was killed and two were wounded.", [(1, "soldiers killed", None), (2, "people injured", None)]),
    ("One of the two pilots died.", [(1, "pilots killed", None)]),
    ("Dozens were hurt.", [((24, None), "people injured", None)]),
    ("Twelve people are missing after the storm, and 12 missing in Oran.", [(12, "people missing", None)] * 2),
    ("Gunmen killed between 10 and 15 herders.", [((10, 15), "herders killed", None)]),
]

COUNTS = [
    ("Over 150,000 troops took part in the drill.", [(150_000, "troops", "over")]),
    ("Norway flew 40 sorties a day.", [(40, "sorties a day", None)]),
    ("The island hosts 2.2 million Syrian refugees.", [(2.2e6, "refugees", None)]),
    ("Hundreds of thousands of people fled.", [((200_000, None), "people", None)]),
    ("Hundreds were arrested in Oran.", [((200, None), "people", None)]),
    (
        "The navy bought 24 fighter jets and a dozen helicopters.",
        [(24, "fighter jets", None), (12, "helicopters", None)],
    ),
    ("The bill passed by 397 votes to 223.", [(397, "votes", None), (223, "votes", None)]),
    ("The senate voted 62 to 38.", [(62, "votes", None), (38, "votes", None)]),
    ("The number of refugees rose to 4 million.", [(4e6, "refugees", None)]),
    ("Production fell to 9.5 million barrels a day.", [(9.5e6, "barrels a day", None)]),
    ("The wall is 98 km long.", [(98, "kilometres", None)]),
    ("They hold 300 square kilometres of desert.", [(300, "square kilometres", None)]),
    ("A 900-kilometre fence was built.", [(900, "kilometres", None)]),
    ("Two or three gunmen got away.", [((2, 3), "gunmen", None)]),
    ("Fewer than 500 citizens signed.", [(500, "citizens", "fewer than")]),
    ("In the raid 2000 soldiers deserted.", [(2000, "soldiers", None)]),
    ("The army handed over 21 barracks.", [(21, "barracks", None)]),
]

MONEY = [
    ("The loan was $1.5 billion.", [(1.5e9, "US dollars", None)]),
    ("Brussels gave €200m.", [(2e8, "euros", None)]),
    ("Oslo pledged 30 million euros and US$5 million.", [(3e7, "euros", None), (5e6, "US dollars", None)]),
    ("The fine is £500.", [(500, "pounds", None)]),
    ("Oil fell to $40 a barrel.", [(40, "US dollars a barrel", None)]),
    ("They owe 300 million Australian dollars.", [(3e8, "Australian dollars", None)]),
    ("Gas costs 5.2 roubles.", [(5.2, "roubles", None)]),
    ("The plan costs $2-3 billion.", [((2e9, 3e9), "US dollars", None)]),
    ("Aid rose from $2 billion to $3.5 billion.", [(2e9, "US dollars", None), (3.5e9, "US dollars", None)]),
]

NOTHING = [
    "The treaty was signed in 1994 and renewed on 3 March 2014.",
    "Resolution 2254 cites Article 51, Section 3 and paragraph 7.",
    "The Su-24 and the S-400 were seen near MH17 and an F-16.",
    "Ivan Ostrov, 45, was aged 12 when he left.",
    "A 12-year-old boy waited for three hours at 9:30 a.m.",
    "Call +46 8 123 45 67 for details.",
    "He lives at 10 Harbour Street.",
    "It was the 21st century, the second round, the third time.",
    "The 1990s were lean; the G20 and the P5+1 met.",
    "The two sides met the three ministers.",
    "A five-point plan needs a two-thirds majority.",
    "Boeing 737 jets were grounded.",
    "No one was hurt, and one day nobody will be.",
    "The majority leader spoke for half an hour.",
    "1. Open the box.",
    "Two officials said the train was late.",
    "",
]


@pytest.mark.parametrize(("text", "expected"), SHARES + CASUALTIES + COUNTS + MONEY)
def test_figure(figures_of, text, expected):
    assert brief(figures_of(text)) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_no_figure(figures_of, text):
    assert brief(figures_of(text)) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("58 percent of Swedes approve of the ban.", "Swedes approve of the ban"),
        ("Support for the ban fell from 72 to 66 per cent.", "Support for the ban fell"),
        ("Reyl's rating rose to 60 percent.", "Reyl's rating rose"),
        ("At least 130 people were killed in Oran, the police said.", "people were killed in Oran"),
        ("62 percent back the ban, while 20 percent oppose the whole law.", "back the ban"),
    ],
)
def test_what_the_number_says(figures_of, text, what):
    assert figures_of(text)[0].what == what


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("58 percent of Swedes back the ban, a Sifo poll found.", "Sifo"),
        ("According to YouGov, 41 percent of Britons oppose it.", "YouGov"),
        ("The survey was carried out by Ipsos. Some 41 percent of Danes oppose the ban.", "Ipsos"),
        ("Some 41 percent of Danes oppose the ban. The poll by Gallup was taken in March.", "Gallup"),
        ("The Polish interior ministry said 300 people had crossed.", "Polish interior ministry"),
        ("300 people crossed, according to the UN.", "UN"),
        ("300 people crossed, Lindqvist said.", "Lindqvist"),
        ("300 people crossed the river.", None),
        ("Exports shrank 12 percent. A poll by Gallup was published.", None),
    ],
)
def test_who_counted(figures_of, text, source):
    assert figures_of(text)[0].source == source


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On 2 March, 300 people crossed.", dt.date(2016, 3, 2)),
        ("300 people have crossed since 2 March.", dt.date(2016, 3, 10)),
        ("Turnout was 61 percent, up from 58 percent in 2011.", dt.date(2016, 3, 10)),
        ("300 people crossed.", dt.date(2016, 3, 10)),
        ("300 people have crossed this year.", dt.date(2016, 3, 10)),
    ],
)
def test_date(figures_of, text, day):
    assert figures_of(text)[0].date == day


def test_id_and_evidence(figures_of):
    text = "It rained. Over 300 people crossed."
    (one,) = figures_of(text)
    document = Document.make(text, published=dt.date(2016, 3, 10))
    assert one.id == digest(document.id, text.index("300"), "people")
    assert one.evidence.text == "Over 300 people crossed." == text[one.evidence.start : one.evidence.end]


PIECES = [
    "58",
    "percent",
    "%",
    "of",
    "Swedes",
    "from",
    "to",
    "1,200",
    "two",
    "thirds",
    "half",
    "a",
    "million",
    "$",
    "bn",
    "dozens",
    "killed",
    "people",
    "majority",
    "in",
    "five",
    "-",
    "2015",
    ".",
    ",",
    "said",
    "(",
    "\n",
    "km",
    "per",
    "day",
    "one",
]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join))
def test_never_raises_and_spans_are_exact(figures_of, text):
    for f in figures_of(text):
        assert text[f.evidence.start : f.evidence.end] == f.evidence.text
        assert f.unit
        assert f.what
        assert f.value is not None or f.low is not None


@given(st.text(max_size=80))
def test_never_raises_on_any_characters(text):
    assert isinstance(find_figures(tokens_only(text), Document.make(text), [], whens=[]), list)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_never_raises_without_a_parse(text):
    assert isinstance(find_figures(tokens_only(text), Document.make(text), [], whens=[]), list)
