"""The scale of firmness."""

import pytest

from worldstage.coding.firmness import NEUTRAL, cues, firmness, verb_weights
from worldstage.reference.tables import rows


@pytest.fixture(scope="module")
def score(view_of):
    def run(text, **options):
        view = view_of(text)
        return firmness(view, [(0, len(view))], **options)

    return run


def test_a_bare_assertion_is_neutral(score):
    assert score("The delegations met in Oslo.") == NEUTRAL


@pytest.mark.parametrize(
    "text",
    [
        "We will destroy them wherever they hide.",
        "Those responsible will be punished without mercy.",
        "This is a red line and we will never accept it.",
        "We will stop at nothing.",
        "We must defend our borders under all circumstances and at any cost.",
        "We will not tolerate another attack.",
    ],
)
def test_flat_threats_and_pledges_are_near_one(score, text):
    assert score(text) >= 0.85


@pytest.mark.parametrize(
    "text",
    [
        "We might perhaps consider sending an observer.",
        "It may be possible, but we are not sure.",
        "Could this be a mistake?",
        "We would consider a request if it came.",
        "I hope that a solution can be found.",
        "We cannot rule out a delay.",
    ],
)
def test_hedges_are_near_zero(score, text):
    assert score(text) <= 0.35


@pytest.mark.parametrize(
    ("firmer", "softer"),
    [
        ("We will respond.", "We may respond."),
        ("We must leave.", "We should leave."),
        ("We will help.", "We will help if we are asked."),
        ("Stop the shelling now.", "The shelling stopped."),
        ("We guarantee their safety.", "There is no guarantee of their safety."),
        ("We will destroy the depots.", "We destroyed the depots."),
        ("They will pay the price.", "Will they pay the price?"),
        ("This is a red line.", "This is a blue line."),
    ],
)
def test_order_of_pairs(score, firmer, softer):
    assert score(firmer) > score(softer)


def test_negation_keeps_a_refusal_firm_and_turns_a_promise(score):
    assert score("We will not leave.") == score("We will leave.")
    assert score("We make no promise.") < NEUTRAL


def test_may_and_will_count_only_as_auxiliaries(score):
    assert score("They met on 3 May to read the will of the people.") == NEUTRAL


def test_the_reporting_verb_counts(score):
    text = "the bridge was closed"
    assert score(text, verb="vow") > score(text, verb="say") > score(text, verb="hint")


def test_would_after_a_past_tense_stands_for_will(score):
    text = "the army would leave by June"
    assert score(text, backshifted=True) > NEUTRAL > score(text)


def test_the_table_is_sound():
    table = list(rows("firmness"))
    assert len({(row["cue"], row["kind"]) for row in table}) == len(table)
    assert {row["kind"] for row in table} == {"verb", "modal", "backshift", "hedge", "condition", "force", "act"}
    assert all(-0.35 <= float(row["weight"]) <= 0.35 for row in table)
    assert verb_weights()["vow"] > 0 > verb_weights()["hint"]
    assert cues()["red"][0][0] == ("red", "line")
