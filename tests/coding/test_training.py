"""Training on thirty sentences: what is learned matters less than that it is the same every time."""

import sys

import numpy as np
import pytest

from worldstage.coding.features import type_features
from worldstage.coding.frames import frame
from worldstage.coding.model import Bundle
from worldstage.coding.rows import NONE, parse
from worldstage.coding.training import (
    Instances,
    event_nouns,
    fit,
    instances,
    other_names,
    prune,
    span_head,
    tellings,
    through_vectors,
    tokens,
    train,
    training_hash,
)
from worldstage.coding.vectors import DIMENSIONS
from worldstage.coding.vectors import shipped as shipped_vectors
from worldstage.coding.view import View
from worldstage.core.errors import ConfigError

pytest.importorskip("sklearn")

STATES = [("Iran", "Oman"), ("Peru", "Chile"), ("Ghana", "Togo"), ("Kenya", "Uganda"), ("Serbia", "Hungary")]
# Six sentences for each couple of states.
FRAMES = (
    ("{a} bombed {b} on Monday.", "{a} > {b} | ASSAULT aerial | occurred | bombed"),
    ("{a} and {b} held talks.", "{a}; {b} > | CONSULT | occurred | talks"),
    ("{a} will visit {b}.", "{a} > {b} | CONSULT visit | planned | visit"),
    ("{a} did not attack {b}.", "{a} > {b} | ASSAULT | denied | attack"),
    ("{a} lies near {b}, which slept.", "{a} > {b} | NONE"),
    ("{b} was accused of a raid by {a}.", "{a} > {b} | ACCUSE allege | occurred | accused"),
)
TEXT = "\n\n".join(f"{s}\n  {p}".format(a=a, b=b) for a, b in STATES for s, p in FRAMES)


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    path = tmp_path_factory.mktemp("sentences") / "own.txt"
    path.write_text(TEXT, encoding="utf-8")
    return [path]


@pytest.fixture(scope="module")
def parsed(nlp):
    return lambda texts: (View(doc) for doc in nlp.pipe(texts))


@pytest.fixture(scope="module")
def trained(paths, parsed):
    return train(paths, parsed)


@pytest.fixture(scope="module")
def labelled(parsed):
    sentences = list(parse(TEXT))
    return sentences, list(parsed([s.text for s in sentences]))


def test_training_twice_gives_the_same_bytes(trained, paths, parsed, tmp_path):
    trained.save(tmp_path / "one.npz")
    train(paths, parsed).save(tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_the_bundle_says_what_it_was_trained_on(trained, paths):
    about = trained.about
    assert (about["sentences"], about["pairs"]) == (30, 30)
    assert about["training"] == training_hash(paths)
    assert "talk" in about["nouns"]
    assert 0 <= about["gate"] <= 1
    assert set(trained.models["status"].classes) == {"occurred", "planned", "denied"}
    assert set(trained.models["type"].classes) == {"ASSAULT", "CONSULT", "ACCUSE", NONE}


def test_what_was_learned_holds_for_other_states_and_a_verb_never_seen(trained, parsed, tmp_path):
    trained.save(tmp_path / "w.npz")
    kinds = Bundle.load((tmp_path / "w.npz").read_bytes()).models["type"]
    for text, verb, kind in (
        ("Norway bombed Sweden.", "bombed", "ASSAULT"),
        ("Norway shelled Sweden.", "shelled", "ASSAULT"),
        ("Norway will visit Sweden.", "visit", "CONSULT"),
    ):
        [view] = parsed([text])
        fr = frame(view, view.text.index(verb))
        [p] = kinds.probabilities([type_features(view, fr, [fr.subject], [fr.object])])
        assert kinds.classes[int(p.argmax())] == kind, text


def test_corrections_are_trained_on_and_change_the_hash(trained, paths, parsed):
    extra = list(parse("Qatar shelled Yemen.\n  Qatar > Yemen | ASSAULT | occurred | shelled"))
    more = train(paths, parsed, extra=extra)
    assert more.about["sentences"] == 31
    assert more.about["training"] == training_hash(paths, extra) != trained.about["training"]


def test_progress_is_told(paths, parsed):
    lines = []
    train(paths, parsed, note=lines.append)
    assert lines[0] == "parsing 30 sentences"
    assert len(lines) == 2 + 5


def test_without_sentences_there_is_no_training(parsed):
    with pytest.raises(ConfigError, match="no labelled sentences"):
        train([], parsed)


def test_without_scikit_learn_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    with pytest.raises(ConfigError) as caught:
        fit(Instances([["1"]], ["a"], [0]), strength=1.0)
    assert "worldstage[train]" in caught.value.hint


def test_sums_are_taken_in_the_order_of_the_features():
    """Sums of floats depend on their order, and that of a set changes from run to run."""
    vectors = shipped_vectors()
    words = "war peace truce army border talks envoy siege convoy raid exile coup vote ban fleet tank gas oil".split()
    expected = np.zeros(DIMENSIONS, dtype=np.float32)
    for word in words:
        expected += vectors.get(word)
    [row] = through_vectors([[f"o={word}" for word in words]], ["o"], vectors)
    assert row.tolist() == expected.tolist()


# -- from labels to instances -----------------------------------------------------------------------------------


def test_tokens_of_a_span_and_the_one_that_the_rest_hangs_on(view_of):
    text = "The Turkish foreign ministry of the day met rebels."
    view = view_of(text)
    end = text.index(" met")
    assert [view.text[i] for i in tokens(view, (0, end))] == text[:end].split()
    assert view.text[span_head(view, (0, end))] == "ministry"
    assert view.text[span_head(view, (4, 11))] == "Turkish"


def test_a_span_within_a_word_is_that_word(view_of):
    assert span_head(view_of("Iranians slept."), (0, 4)) == 0


def test_what_a_predicate_tells(labelled):
    sentences, views = labelled
    [(at, what)] = tellings(sentences[1], views[1]).items()
    view = views[1]
    assert view.text[at] == "talks"
    assert dict(what.types) == {"CONSULT": 1}
    assert ([view.text[i] for i in what.actors], what.recipients) == (["Iran", "Oman"], [])
    assert dict(what.modes) == {"-": 1}
    assert dict(tellings(sentences[0], views[0])[1].modes) == {"ASSAULT aerial": 1}
    assert tellings(sentences[4], views[4]) == {}


def test_event_nouns_are_those_that_are_triggers_often_enough(labelled):
    sentences, views = labelled
    assert event_nouns(sentences, views) == {"talk"}
    assert event_nouns(sentences, views, share=1.1) == frozenset()


def test_names_that_no_label_mentions_are_in_play(view_of):
    view = view_of("Iran met Oman while Angela Berg slept in Peru.")
    assert {"Iran", "Oman", "Peru"} <= {view.text[i] for i in other_names(view)}


def test_instances_have_a_label_for_each_predicate_and_party(labelled):
    sentences, views = labelled
    data = instances(sentences, views, frozenset({"talk"}))
    for one in data.values():
        assert len(one.features) == len(one.labels) == len(one.groups)
    assert data["type"].labels.count("ASSAULT") == 10
    assert data["status"].labels.count("planned") == 5
    assert data["mode"].labels.count("CONSULT visit") == 5
    assert set(data["role"].labels) <= {"actor", "recipient", "neither"}
    # *held*, *lies*, *slept* tell nothing by themselves.
    assert data["type"].labels.count(NONE) == data["gate"].labels.count(NONE) >= 10


# -- fitting -----------------------------------------------------------------------------------------------------


def test_rare_features_and_those_with_line_breaks_are_left_out():
    rows = [["1", "x", "a\nb"], ["1", "y", "a\nb"], ["1", "x"], ["1", "rare"]]
    made = fit(Instances(rows, ["p", "q", "p", "q"], [0, 1, 2, 3]), strength=1.0)
    assert set(made.features) == {"1", "x"}
    assert made.classes == ("p", "q")
    p = made.probabilities([["1", "x"], ["1", "y"]])
    assert p[0, 0] > 0.5
    assert p.sum(axis=1) == pytest.approx([1, 1])


def test_features_that_hardly_count_are_pruned(trained):
    weak = trained.models["type"]
    weak = type(weak)({"a": 0, "b": 1}, np.array([[1, 0], [0.001, 0]], dtype=np.float32), ["x", "y"])
    assert list(prune(weak).features) == ["a"]
    assert prune(weak).weights.tolist() == [[1, 0]]


def test_the_hash_of_the_training_set_follows_names_and_contents(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
    both = training_hash([tmp_path / "a", tmp_path / "b"])
    assert training_hash([tmp_path / "b", tmp_path / "a"]) == both
    (tmp_path / "b").write_text("c")
    assert training_hash([tmp_path / "a", tmp_path / "b"]) != both
