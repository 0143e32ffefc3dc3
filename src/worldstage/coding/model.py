"""Linear models over named features: loading, scoring, saving. No pickle: one ``.npz`` with arrays of numbers and text.

A model is multinomial logistic regression: the score of a class is the sum of the weights of the features
present, its probability the softmax of the scores. Features that name a word in a slot (``o=convoy``: the object is
*convoy*) also have a weight through the word's vector, so that a word never met in training still counts.
"""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from worldstage.coding.vectors import DIMENSIONS, Vectors
from worldstage.coding.vectors import shipped as shipped_vectors
from worldstage.core.errors import InputError

Floats = NDArray[np.float32]


# How many unknown features are remembered as such, so that they are looked up once.
_REMEMBERED = 100_000


class LinearModel:
    """Weights of a multinomial logistic regression.

    Parameters
    ----------
    features
        Feature name → row of `weights`.
    weights
        Shape ``(features, classes)``; the parts that go through vectors are not in them.
    classes
        Names of the classes, in the order of the columns.
    slots
        Prefix of a feature (``o``) → weights of a word's vector there, shape ``(DIMENSIONS, classes)``.
    vectors
        The word vectors for the slots.
    """

    def __init__(
        self, features: Mapping[str, int], weights: Floats, classes: Sequence[str],
        slots: Mapping[str, Floats] | None = None, vectors: Vectors | None = None,
    ) -> None:  # fmt: skip
        self.features = dict(features)
        self.weights = weights
        self.classes = tuple(classes)
        self.slots = dict(slots or {})
        self.vectors = vectors
        # Feature → its whole row in the table, made when first met; row 0 is nothing, for features without weight.
        self._rows: dict[str, int] = {}
        self._table: Floats = np.zeros((1024, len(self.classes)), dtype=np.float32)
        self._used = 1
        self._unknown = 0

    def _row(self, name: str) -> int:
        index = self.features.get(name)
        prefix, _, word = name.partition("=")
        through = self.slots.get(prefix)
        vector = self.vectors.get(word) if through is not None and self.vectors is not None and word.islower() else None
        if index is None and vector is None:
            self._forget()
            self._rows[name] = 0
            return 0
        if self._used == len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        row = self._used
        if index is not None:
            self._table[row] = self.weights[index]
        if vector is not None and through is not None:
            self._table[row] += vector @ through
        self._rows[name] = row
        self._used += 1
        return row

    def _forget(self) -> None:
        """Keep the features without weight from growing with the text; those with one are bounded by the vectors."""
        self._unknown += 1
        if self._unknown > _REMEMBERED:
            for name in [name for name, row in self._rows.items() if not row]:
                del self._rows[name]
            self._unknown = 1

    def scores(self, instances: Sequence[Sequence[str]]) -> Floats:
        """Scores before the softmax, shape ``(instances, classes)``; a repeated feature counts once."""
        out = np.zeros((len(instances), len(self.classes)), dtype=np.float32)
        known = self._rows
        for k, names in enumerate(instances):
            rows = []
            # In the order of the names: the last digit of a sum of floats depends on it.
            for name in dict.fromkeys(names):
                row = known[name] if name in known else self._row(name)
                if row:
                    rows.append(row)
            if rows:
                np.add.reduce(self._table.take(rows, axis=0), axis=0, out=out[k])
        return out

    def probabilities(self, instances: Sequence[Sequence[str]]) -> Floats:
        """Class probabilities, shape ``(instances, classes)``; rows sum to 1."""
        return softmax(self.scores(instances))


def softmax(scores: Floats) -> Floats:
    """Probabilities from scores, along the last axis."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), dtype=np.float32)


class Bundle:
    """All models of one coder, with what they were trained on.

    Attributes
    ----------
    models
        Name (``type``, ``role``, ``status``, ``mode``) → model.
    about
        Version, hash of the training set, counts, the list of event nouns.
    """

    def __init__(self, models: Mapping[str, LinearModel], about: Mapping[str, Any]) -> None:
        self.models = dict(models)
        self.about = dict(about)

    def save(self, path: Path) -> None:
        """Write the bundle; weights as 8-bit integers with one scale per model.

        The file is the same, byte for byte, for the same weights.
        """
        arrays: dict[str, Any] = {"about": _text(json.dumps(self.about, sort_keys=True))}
        for name, model in sorted(self.models.items()):
            scale = float(np.abs(model.weights).max()) / 127 or 1.0
            order = sorted(model.features, key=model.features.__getitem__)
            arrays[f"{name}.weights"] = np.round(model.weights / scale).astype(np.int8)
            arrays[f"{name}.scale"] = np.array([scale], dtype=np.float64)
            arrays[f"{name}.features"] = _text("\n".join(order))
            arrays[f"{name}.classes"] = _text("\n".join(model.classes))
            if model.slots:
                arrays[f"{name}.slots"] = _text("\n".join(sorted(model.slots)))
                arrays[f"{name}.through"] = np.stack([model.slots[k] for k in sorted(model.slots)]).astype(np.float16)
        buffer = io.BytesIO()
        np.savez_compressed(buffer, **arrays)
        path.write_bytes(buffer.getvalue())

    @staticmethod
    def load(data: bytes, *, source: str = "model") -> Bundle:
        """Read a bundle.

        Raises
        ------
        InputError
            If the data are no bundle of this program.
        """
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
                about = json.loads(bytes(arrays["about"]).decode())
                models = {}
                for name in sorted({key.split(".")[0] for key in arrays.files} - {"about"}):
                    order = bytes(arrays[f"{name}.features"]).decode().split("\n")
                    weights = arrays[f"{name}.weights"].astype(np.float32) * np.float32(arrays[f"{name}.scale"][0])
                    classes = bytes(arrays[f"{name}.classes"]).decode().split("\n")
                    if weights.shape != (len(order), len(classes)):
                        raise ValueError(f"weights of {name} have shape {weights.shape}")
                    slots = _slots(arrays, name)
                    models[name] = LinearModel(
                        {f: i for i, f in enumerate(order)},
                        weights,
                        classes,
                        slots,
                        shipped_vectors() if slots else None,
                    )
        except (OSError, EOFError, ValueError, KeyError, TypeError, BadZipFile, zlib.error) as error:
            raise InputError(
                f"{source} is no model of worldstage ({error}).", hint="train one with `worldstage train`"
            ) from error
        return Bundle(models, about)


def _slots(arrays: Any, name: str) -> dict[str, Floats]:
    if f"{name}.slots" not in arrays.files:
        return {}
    through = arrays[f"{name}.through"].astype(np.float32)
    prefixes = bytes(arrays[f"{name}.slots"]).decode().split("\n")
    if through.shape[:2] != (len(prefixes), DIMENSIONS):
        raise ValueError(f"slots of {name} have shape {through.shape}")
    return dict(zip(prefixes, through, strict=True))


def _text(value: str) -> NDArray[np.uint8]:
    return np.frombuffer(value.encode(), dtype=np.uint8)


@cache
def shipped() -> Bundle:
    """The models that come with the package."""
    data = files("worldstage.coding").joinpath("weights.npz").read_bytes()
    return Bundle.load(data, source="weights.npz")
