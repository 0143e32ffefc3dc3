import dataclasses
import datetime as dt
import itertools

import pytest

from worldstage.core.records import Document
from worldstage.reading.duplicates import Linker, shingles, signature

DAY = dt.date(2015, 11, 17)
LEAD = """MOSCOW — Russia said on Tuesday that a bomb had brought down the airliner that crashed in Egypt last
month, and President Vladimir Putin vowed to find those responsible. The head of the Federal Security Service
told the president that traces of a home-made explosive had been found among the wreckage. All 224 people on
board the flight from Sharm el-Sheikh to St Petersburg died on 31 October."""
STRIKES = """Putin ordered the air force to step up its strikes in Syria. Long-range bombers hit targets in
the provinces of Raqqa and Deir ez-Zor during the day, the defence ministry said, and the number of sorties
had doubled since the weekend. The ministry reported 127 sorties against 206 targets."""
CALL = """The Kremlin said Putin had spoken by telephone with the French president, Francois Hollande, and
that the two had agreed to coordinate their military operations. Hollande is to visit Moscow on 26 November. A
French naval group led by the aircraft carrier Charles de Gaulle is due in the eastern Mediterranean this
week, and Putin told the commander of the Russian cruiser Moskva to treat it as an ally."""
BACKGROUND = """Russia began its air campaign in Syria on 30 September at the request of the Syrian
government. Western governments have accused it of striking mainly rebel groups other than Islamic State,
which Moscow denies."""
REPORT = "\n\n".join([LEAD, STRIKES, CALL, BACKGROUND])
OTHER = f"""PARIS — France and Russia edged closer to a common front against Islamic State on Tuesday after
Moscow confirmed that its airliner had been destroyed by a bomb over Sinai. In a telephone call, Presidents
Hollande and Putin decided that their armed forces should share information about operations in Syria, the
Elysee Palace said.

Hollande will travel to Washington on 24 November and to Moscow two days later. French officials said that the
aim was a single large coalition, but that the future of President Bashar al-Assad remained a point of
dispute.

{BACKGROUND}"""
UPDATE = f"""{LEAD}

On Wednesday, Egypt's foreign minister said that his country had reached no conclusion yet. Britain extended
its ban on flights to Sharm el-Sheikh. Officials in Cairo said two airport workers had been detained, which
the interior ministry denied. The prosecutor in St Petersburg opened a new case.

{BACKGROUND}"""
EDITED = (
    REPORT.replace("said on Tuesday", "announced Tuesday").replace("vowed", "promised").replace("step up", "intensify")
    .replace("due in", "expected in").replace("died", "were killed").replace("during the day", "throughout Tuesday")
)  # fmt: skip
NEW_LEAD = f"""A bomb destroyed the Russian airliner that came down in Sinai, the Kremlin announced, and
Russia answered with a wave of air strikes in Syria while drawing nearer to France.

{REPORT.split(". ", 1)[1]}"""
DAILY = """MOSCOW — Aircraft of the Russian air group in Syria flew {} sorties during the past day and
destroyed {} facilities of terrorists in the provinces of {}, the defence ministry said. A spokesman, Major
General Igor Konashenkov, told reporters that Su-34 bombers and Su-25 attack aircraft had hit command posts,
ammunition depots and field camps. All aircraft returned to the Hmeymim base, and crews continued to search
for targets with the help of drones. The spokesman said that {} vehicles with heavy machine guns had been
destroyed. He added that the ministry would go on informing the public about the operation, which it says is
aimed at terrorists alone, and denied reports of civilian casualties."""


def _document(text: str, day: dt.date | None = DAY) -> Document:
    return Document.make(text, published=day)


@pytest.mark.parametrize(
    "text",
    [
        EDITED,
        NEW_LEAD,
        f"{LEAD}\n\n{STRIKES}",
        f"{LEAD}\n\n{STRIKES}\n\n{CALL}",
        f"The Kremlin spoke.\n\n{STRIKES}\n\n{CALL}",
        REPORT.upper(),
    ],
    ids=["edits", "new lead", "cut by half", "cut", "new lead and cut", "capitals"],
)
def test_the_same_report_again_is_linked_in_either_order(text):
    one, two = _document(REPORT), _document(text, DAY + dt.timedelta(days=1))
    for first, second in ((one, two), (two, one)):
        linked, _ = Linker({}).link([first, second])
        assert [document.duplicate_of for document in linked] == [None, first.id]


@pytest.mark.parametrize("text", [OTHER, UPDATE], ids=["same subject", "update"])
def test_another_report_on_the_same_subject_is_not_linked(text):
    linked, _ = Linker({}).link([_document(REPORT), _document(text)])
    assert linked[1].duplicate_of is None


def test_daily_reports_of_one_pattern_are_not_linked():
    days = [(59, 212, "Aleppo and Idlib", 12), (82, 204, "Hama and Homs", 7), (137, 448, "Raqqa and Deir ez-Zor", 9)]
    reports = [_document(DAILY.format(*values), DAY + dt.timedelta(days=at)) for at, values in enumerate(days)]
    assert all(document.duplicate_of is None for document in Linker({}).link(reports)[0])


def test_signatures_of_an_earlier_run_are_enough():
    _, kept = Linker({}).link([_document(REPORT)])
    stored = {document: list(row) for document, row in kept.items()}
    (linked,), fresh = Linker(stored).link([_document(EDITED)])
    assert linked.duplicate_of == next(iter(stored))
    assert list(fresh) == [linked.id]
    assert all(0 <= value < 2**32 for value in fresh[linked.id])


def test_a_known_document_comes_back_untouched():
    document = dataclasses.replace(_document(REPORT), duplicate_of="earlier")
    linker = Linker({})
    linker.link([document])
    assert linker.link([document, document]) == ([document, document], {})


def test_copies_of_copies_point_to_the_first():
    linked, _ = Linker({}).link([_document(REPORT), _document(EDITED), _document(EDITED.replace("wreckage", "debris"))])
    assert {document.duplicate_of for document in linked[1:]} == {linked[0].id}


def test_a_report_edited_weeks_later_is_another_but_the_same_words_are_not():
    later = DAY + dt.timedelta(days=30)
    linked, _ = Linker({}).link([_document(REPORT), _document(EDITED, later), _document(REPORT, later)])
    assert linked[1].duplicate_of is None
    assert linked[2].duplicate_of == linked[0].id


def test_an_undated_copy_is_linked():
    linked, _ = Linker({}).link([_document(REPORT), _document(EDITED, None)])
    assert linked[1].duplicate_of == linked[0].id


def test_texts_of_a_few_words_are_never_linked_unless_equal():
    texts = ["Russia struck Raqqa on Tuesday.", "Russia struck Raqqa on Tuesday night.", "", "12"]
    assert all(document.duplicate_of is None for document in Linker({}).link([_document(text) for text in texts])[0])


def test_more_documents_than_there_was_room_for():
    texts = [
        f"{word} {other} said that {third} had agreed with {word} on the matter of {other} and of {third} once more"
        for word, other, third in itertools.permutations(
            ["Paris", "Moscow", "Berlin", "Ankara", "Rome", "Cairo", "Riyadh"], 3
        )
    ]
    linker = Linker({})
    linked, kept = linker.link([_document(text) for text in texts])
    assert len(kept) == len(texts) == 210
    assert linker.link(linked) == (linked, {})


def test_signatures_are_the_same_on_every_machine():
    row = signature(_document("Russia struck Raqqa on Tuesday, and 127 sorties were flown by its air force in Syria."))
    assert len(row) == 130
    assert row[:2] == [
        len(shingles("Russia struck Raqqa on Tuesday, and 127 sorties were flown by its air force in Syria.")),
        DAY.toordinal(),
    ]
    assert row[2:5] == [343111212, 2764782757, 1714090639]
