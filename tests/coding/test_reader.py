"""The reader of sentences: places of tokens, what was not read, and that its opinion counts, on small weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.coding.bodies import PIECES, WIDTH, body
from tests.coding.bundles import bundle
from tests.coding.conftest import PUBLISHED

from worldstage.coding.bert import LIMIT
from worldstage.coding.extract import Extractor
from worldstage.coding.reader import Reader, pieces_of
from worldstage.coding.rows import NONE
from worldstage.coding.wordpiece import WordPiece
from worldstage.core.records import STATUSES
from worldstage.reference.plover import TYPES

ABOUT = {"types": [*TYPES, NONE], "statuses": STATUSES, "parts": ["actor", "recipient", "neither"]}
HEADS = {"type": (17, WIDTH), "status": (5, WIDTH), "doing": (6, WIDTH), "taking": (6, WIDTH), "part": (3, 6)}
READER = Reader(body(ABOUT, **HEADS))
SPLIT = WordPiece(PIECES)


@given(st.lists(st.text("abch #é中\x01", min_size=1, max_size=6), max_size=80))
def test_every_token_that_fits_has_a_place(tokens):
    rows, places = pieces_of(tokens, SPLIT)
    assert len(rows) <= LIMIT + 1
    assert (rows[0], rows[-1]) == (SPLIT.first, SPLIT.last)
    assert places == sorted(places)
    assert len(places) == len(tokens) or len(rows) > LIMIT - 12
    assert all(1 <= place < len(rows) for place in places)


def test_only_the_sentences_asked_for_are_read(view_of):
    view = view_of("Iran attacked Kuwait. Chad helped Mali.")
    reading = READER.read(view, [view.sents[1]])
    first, last = view.sents[1]
    assert reading.types.shape == (len(view), 17)
    assert reading.types[:first] == pytest.approx(1 / 17)
    assert not np.allclose(reading.types[first:last], 1 / 17)
    assert reading.types.sum(axis=1) == pytest.approx(np.ones(len(view)), abs=1e-5)
    parts = reading.parts(first + 1, [first, first + 2])
    assert parts.shape == (2, 3)
    assert parts.sum(axis=1) == pytest.approx(np.ones(2), abs=1e-5)


def test_a_sentence_longer_than_the_limit_is_read_as_far_as_it_goes(view_of):
    view = view_of("Iran " + "and Chad " * 150 + "attacked Kuwait")
    reading = READER.read(view, [(0, len(view))])
    assert reading.types[-1] == pytest.approx(1 / 17)


def of_one_mind(kind):
    """A reader that finds this in every word."""
    made = body(ABOUT, **HEADS)
    made.weights["type.weight"][:] = 0
    made.weights["type.bias"][:] = np.where(np.array(ABOUT["types"]) == kind, 9.0, 0.0)
    made.weights["part.weight"][:] = 0
    made.weights["part.bias"][:] = 0
    return Reader(made)


def test_its_opinion_is_joined_with_the_linear_models(view_of, finder):
    view = view_of("Iran attacked Kuwait.")
    mentions = finder.find(view, PUBLISHED)
    [alone] = Extractor(bundle()).told(view, mentions)
    [joined] = Extractor(bundle(), reader=of_one_mind("SANCTION")).told(view, mentions)
    assert (alone.type, joined.type) == ("ASSAULT", "SANCTION")
    assert Extractor(bundle(), reader=of_one_mind(NONE)).told(view, mentions) == []
