"""Two opinions on each question joined: the linear models' and, where there is one, the reader's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from worldstage.coding.model import Bundle, Floats, softmax
from worldstage.coding.reader import Reader, Reading
from worldstage.coding.rows import NONE

# Share of the linear models beside the reader, in logarithms: flat between 0.15 and 0.5 on the development documents.
_LINEAR = 0.3
# An opinion of nothing is no proof.
_LEAST = 1e-3


def pooled(one: Floats, other: Floats, share: float) -> Floats:
    """The weighted mean of two opinions in logarithms, `share` being that of the first; not yet summing to 1."""
    return np.asarray(share * np.log(one + _LEAST) + (1 - share) * np.log(other + _LEAST))


class Opinions:
    """Probabilities by the models of one bundle and a reader, in the order of the bundle's classes.

    Parameters
    ----------
    bundle
        The linear models.
    reader
        None to hear the linear models alone.
    """

    def __init__(self, bundle: Bundle, reader: Reader | None) -> None:
        self._models = bundle.models
        self.reader = reader
        self._none = reader.types.index(NONE) if reader else -1
        classes = {} if reader is None else {"type": reader.types, "role": reader.parts, "status": reader.statuses}
        self._places = {name: [told.index(c) for c in bundle.models[name].classes] for name, told in classes.items()}

    def types(self, names: Sequence[list[str]], reading: Reading | None, at: Sequence[int]) -> Floats:
        """What predicates tell, or nothing, from their features: shape ``(predicates, types)``."""
        linear = softmax(self._models["type"].scores(list(names)))
        return self._joined("type", linear, reading.types[list(at)] if reading else None)

    def parts(self, names: Sequence[list[str]], reading: Reading | None, at: int, heads: Sequence[int]) -> Floats:
        """The parts that names play in what one predicate tells: shape ``(names, parts)``."""
        linear = self._models["role"].probabilities(list(names))
        return self._joined("role", linear, reading.parts(at, heads) if reading else None)

    def status(self, names: list[str], reading: Reading | None, at: int) -> Floats:
        """Whether what a predicate tells happened: shape ``(statuses,)``."""
        linear = self._models["status"].probabilities([names])[0]
        return self._joined("status", linear, reading.statuses[at] if reading else None)

    def tells(self, reading: Reading | None, at: int) -> float:
        """The reader's probability that a token tells anything; 0 without a reader."""
        return 0.0 if reading is None else 1.0 - float(reading.types[at, self._none])

    def _joined(self, what: str, linear: Floats, read: Floats | None) -> Floats:
        if read is None:
            return linear
        return np.asarray(softmax(pooled(linear, read[..., self._places[what]], _LINEAR)), dtype=np.float32)
