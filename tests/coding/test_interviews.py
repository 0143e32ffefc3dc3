"""Whose answer a paragraph of an interview is."""

import pytest


def test_questions_and_answers_with_labels(statements_of):
    text = (
        "Anna Lindqvist, the Swedish foreign minister, spoke to us in Malmö.\n\n"
        "Q: Will you send ships?\n\nA: We have no such plan. Denmark must speak for itself.\n\n"
        "Q: And aircraft?\n\nA: Never.\n\nOur pilots stay at home."
    )
    found = statements_of(text)
    assert {s.speaker.person for s in found} == {"Anna Lindqvist"}
    assert [s.text for s in found] == [
        "We have no such plan. Denmark must speak for itself.",
        "Never.",
        "Our pilots stay at home.",
    ]
    assert {s.verb for s in found} == {"answer"}
    assert found[0].target.code == "DNK"
    assert found[0].evidence.text == "We have no such plan. Denmark must speak for itself."


def test_questions_in_bold(statements_of):
    text = (
        "Interview: Tomas Reyl on the winter to come.\n\n**Is there enough gas?**\n\nWe have filled the stores.\n\n"
        "**Until when?**\n\nMy ministers say until April."
    )
    assert [(s.speaker.person, s.text) for s in statements_of(text)] == [
        ("Tomas Reyl", "We have filled the stores."),
        ("Tomas Reyl", "My ministers say until April."),
    ]


def test_transcript_with_names(statements_of):
    text = (
        "President Nadia Okoro came to the hall at noon.\n\n"
        "OKORO: We closed the camp.\n\nQUESTION: Why so late?\n\nOKORO: It rained."
    )
    assert [(s.speaker.person, s.verb, s.text) for s in statements_of(text)] == [
        ("Nadia Okoro", "say", "We closed the camp."),
        ("Nadia Okoro", "say", "It rained."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Q: Who are you?\n\nA: I am nobody that was named before.",
        "**Why so dear?**\n\nThe price rose.\n\n**And now?**\n\nIt falls.",
        "Note: the shop is closed.\n\nPhoto: a shop.",
        "Reyl spoke to us.\n\nWho was it?\n\nNobody knows.\n\nWhere?\n\nIn Brno.",
    ],
)
def test_nothing_where_the_speaker_cannot_be_known(statements_of, text):
    assert statements_of(text) == []
