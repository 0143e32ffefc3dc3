"""Stance, on sentences parsed by the packaged pipeline: none of them about the bundled case."""

import pytest

from worldstage.strategy.stance import lexicon, stance
from worldstage.study.positions import _words


@pytest.mark.parametrize(
    ("text", "thing", "sign"),
    [
        ("Smith must go", "smith", -1),
        ("Smith would have to resign", "smith", -1),
        ("The tariff has to be scrapped", "tariff", -1),
        ("We will uphold the tariff", "tariff", 1),
        ("The minister opposes lifting the tariff", "tariff", 1),
        ("The tariff should not be scrapped", "tariff", 1),
        ("There will be no cooperation with the militia", "militia", -1),
        ("It rejected an alliance that would include Smith", "smith", -1),
        ("Smith is part of the problem", "smith", -1),
        ("Smith is no part of the problem", "smith", 1),
        ("Smith is an ally", "smith", 1),
        ("Smith cannot be a partner", "smith", -1),
        ("There could be no solution with Smith", "smith", -1),
        ("They want to see Smith removed from power", "smith", -1),
        ("He called the tariff unacceptable", "tariff", -1),
        ("Strikes must be aimed at the militia", "militia", -1),
        ("They would not leave us alone in the fight against the militia", "militia", -1),
    ],
)
def test_a_sentence_leans_as_a_reader_would_say(nlp, text, thing, sign):
    words = _words(nlp(text))
    at = next(k for k, w in enumerate(words) if w.form == thing)
    found = stance(words, at)
    assert found is not None
    assert found.value * sign > 0
    assert -1 <= found.value <= 1


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("The militia attacked a town", "militia"),
        ("Gunmen sent by the militia killed a guard", "militia"),
        ("The tariff was discussed on Monday", "tariff"),
    ],
)
def test_who_acts_or_is_only_named_is_not_leant_on(nlp, text, thing):
    words = _words(nlp(text))
    at = next(k for k, w in enumerate(words) if w.form == thing)
    assert stance(words, at) is None


def test_what_stands_above_the_top_is_anothers(nlp):
    words = _words(nlp("The rebels rejected a call to include Smith"))
    at, top = (next(k for k, w in enumerate(words) if w.form == form) for form in ("smith", "call"))
    assert stance(words, at).value < 0 < stance(words, at, top=top).value


def test_every_word_of_the_list_has_a_sign_and_an_object():
    for word, (sign, about) in lexicon().items():
        assert word == word.lower()
        assert sign in (-1, 1)
        assert about in ("object", "subject", "both")
