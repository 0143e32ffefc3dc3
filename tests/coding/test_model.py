import io
import pickle
import zipfile

import numpy as np
import pytest
from tests.coding.bundles import bundle, model

from worldstage.coding.model import Bundle, LinearModel, shipped, softmax
from worldstage.coding.vectors import DIMENSIONS, Vectors
from worldstage.coding.vectors import shipped as shipped_vectors
from worldstage.core.errors import InputError


def with_vectors(seed=1):
    """A model that also sees words of slot ``o`` through their vectors."""
    through = np.random.default_rng(seed).normal(size=(DIMENSIONS, 2)).astype(np.float32)
    weights = np.array([[1, -1], [0, 2]], dtype=np.float32)
    return LinearModel({"1": 0, "o=convoy": 1}, weights, ["no", "yes"], {"o": through}, shipped_vectors())


# -- scores -----------------------------------------------------------------------------------------------


def test_the_score_is_the_sum_of_the_weights_of_the_features():
    one = model({"a": {"x": 1, "y": 2}, "b": {"y": -1}})
    assert one.scores([["x", "y"], ["y"], ["z"], []]).tolist() == [[3, -1], [2, -1], [0, 0], [0, 0]]


def test_a_repeated_feature_counts_once():
    one = model({"a": {"x": 1}, "b": {}})
    assert one.scores([["x", "x"]]).tolist() == [[1, 0]]


def test_scores_are_summed_in_the_order_of_the_features():
    """Sums of floats depend on their order, and that of a set changes from run to run."""
    names = [f"x{i}" for i in range(60)]
    table = np.random.default_rng(1).normal(size=(60, 3)).astype(np.float32)
    made = LinearModel({name: i for i, name in enumerate(names)}, table, ["a", "b", "c"])
    assert made.scores([names])[0].tolist() == np.add.reduce(list(table), axis=0).tolist()


def test_probabilities_sum_to_one_even_for_large_scores():
    one = model({"a": {"x": 900}, "b": {"x": -900}, "c": {}})
    p = one.probabilities([["x"], []])
    assert p.sum(axis=1) == pytest.approx([1, 1])
    assert p[0, 0] == pytest.approx(1)
    assert softmax(np.zeros((1, 4), dtype=np.float32)) == pytest.approx(np.full((1, 4), 0.25))


def test_an_unseen_word_counts_through_its_vector():
    one = with_vectors()
    known, unseen, nonsense = one.scores([["o=convoy"], ["o=lorry"], ["o=xqzzy"]])
    vector = shipped_vectors().get("lorry")
    assert vector is not None
    assert unseen == pytest.approx(vector @ one.slots["o"], rel=1e-4)
    assert known == pytest.approx([0, 2] + shipped_vectors().get("convoy") @ one.slots["o"], rel=1e-4)
    assert nonsense.tolist() == [0, 0]


def test_words_in_other_slots_and_names_have_no_vector():
    assert with_vectors().scores([["s=lorry", "o=GPE", "lorry"]]).tolist() == [[0, 0]]


def test_words_near_in_meaning_score_alike():
    one = with_vectors()
    truck, lorry, sadness = one.scores([["o=truck"], ["o=lorry"], ["o=sadness"]])
    assert np.abs(truck - lorry).sum() < np.abs(lorry - sadness).sum()


# -- saving and loading -------------------------------------------------------------------------------------


def saved(made, path):
    made.save(path)
    return path.read_bytes()


def test_a_bundle_comes_back_as_it_was_saved(tmp_path):
    made = Bundle({"one": with_vectors(), **bundle().models}, {"name": "é", "nouns": ["a"], "gate": 0.25})
    again = Bundle.load(saved(made, tmp_path / "w.npz"))
    assert again.about == made.about
    assert set(again.models) == set(made.models)
    for name, one in made.models.items():
        two = again.models[name]
        assert (two.classes, two.features) == (one.classes, one.features)
        # 8-bit weights are off by half a step at most.
        assert np.abs(two.weights - one.weights).max() <= np.abs(one.weights).max() / 127 / 2 + 1e-6
        for slot in one.slots:
            assert two.slots[slot] == pytest.approx(one.slots[slot], abs=2e-3)
    assert again.models["one"].scores([["o=lorry"]]) == pytest.approx(with_vectors().scores([["o=lorry"]]), abs=0.01)


def test_the_same_weights_make_the_same_bytes(tmp_path):
    first = saved(bundle(), tmp_path / "a.npz")
    assert saved(bundle(), tmp_path / "b.npz") == first
    assert saved(Bundle.load(first), tmp_path / "c.npz") == first


def test_a_model_of_zeros_can_be_saved(tmp_path):
    zeros = LinearModel({"x": 0}, np.zeros((1, 2), dtype=np.float32), ["a", "b"])
    again = Bundle.load(saved(Bundle({"z": zeros}, {}), tmp_path / "z.npz"))
    assert again.models["z"].scores([["x"]]).tolist() == [[0, 0]]


def test_nothing_in_the_file_is_pickled(tmp_path):
    data = saved(bundle(), tmp_path / "w.npz")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            header = archive.read(name)[:128]
            assert b"'descr': '|O'" not in header, name
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        assert all(arrays[name].dtype.kind in "iuf" for name in arrays.files)


def test_a_pickle_is_not_loaded(tmp_path):
    array = np.array([{"a": 1}], dtype=object)
    buffer = io.BytesIO()
    np.savez(buffer, about=array, allow_pickle=True)
    for data in (buffer.getvalue(), pickle.dumps({"a": 1})):
        with pytest.raises(InputError):
            Bundle.load(data)


def broken():
    buffer = io.BytesIO()
    bundle_path = io.BytesIO()
    np.save(buffer, np.zeros(3))
    np.savez(bundle_path, about=np.frombuffer(b"{", dtype=np.uint8))
    no_about = io.BytesIO()
    np.savez(no_about, other=np.zeros(3))
    return {
        "empty": b"", "text": b"no model", "zip": b"PK\x03\x04broken", "one array": buffer.getvalue(),
        "bad JSON": bundle_path.getvalue(), "no description": no_about.getvalue(),
    }  # fmt: skip


@pytest.mark.parametrize("kind", broken())
def test_bad_bytes_are_an_input_error_that_names_the_file(kind):
    with pytest.raises(InputError, match=r"my\.npz is no model of worldstage") as caught:
        Bundle.load(broken()[kind], source="my.npz")
    assert "worldstage train" in str(caught.value)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.99])
def test_a_file_cut_short_is_an_input_error(tmp_path, cut):
    data = saved(bundle(), tmp_path / "w.npz")
    with pytest.raises(InputError):
        Bundle.load(data[: int(len(data) * cut)])


def test_weights_that_do_not_fit_their_features_are_refused(tmp_path):
    with np.load(io.BytesIO(saved(bundle(), tmp_path / "w.npz"))) as arrays:
        changed = dict(arrays)
    changed["type.weights"] = changed["type.weights"][:-1]
    buffer = io.BytesIO()
    np.savez(buffer, **changed)
    with pytest.raises(InputError, match="shape"):
        Bundle.load(buffer.getvalue())


def test_the_shipped_bundle_has_all_that_the_coder_needs():
    about = shipped().about
    assert {"gate", "type", "role", "status", "mode"} <= set(shipped().models)
    assert about["nouns"]
    assert about["name"]
    assert len(about["training"]) == 64


# -- vectors ------------------------------------------------------------------------------------------------


def test_vectors_are_of_unit_length_and_unknown_words_have_none():
    vectors = Vectors(["a", "b"], np.array([[3] * DIMENSIONS, [0] * DIMENSIONS], dtype=np.int8))
    assert np.linalg.norm(vectors.get("a")) == pytest.approx(1)
    assert vectors.get("b").tolist() == [0] * DIMENSIONS
    assert vectors.get("c") is None
    assert len(vectors) == 2


def test_vectors_come_back_as_they_were_saved(tmp_path):
    made = Vectors(["b", "a"], np.arange(2 * DIMENSIONS, dtype=np.int8).reshape(2, DIMENSIONS))
    made.save(tmp_path / "v.npz")
    again = Vectors.load((tmp_path / "v.npz").read_bytes())
    assert again.get("a").tolist() == made.get("a").tolist()
    assert again.get("b").tolist() == made.get("b").tolist()
