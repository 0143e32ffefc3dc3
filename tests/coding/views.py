"""Views of texts for tests: parsed, or only cut into tokens (quick enough for Hypothesis)."""

from functools import cache

import spacy

from worldstage.coding.view import View


@cache
def _tokenizer():
    return spacy.blank("en")


def tokens_only(text):
    """A view without tags, parse and entities."""
    return View(_tokenizer()(text))
