"""The bargaining models by name, and what each takes."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from worldstage.core.errors import InputError, unknown_name
from worldstage.strategy import challenge, exchange, mean, median, nash, smp
from worldstage.strategy.draws import Sample
from worldstage.strategy.result import Bargain
from worldstage.strategy.tables import ActorTable

Floats = NDArray[np.float64]

MODELS: dict[str, ModuleType] = {
    "mean": mean,
    "median": median,
    "nash": nash,
    "challenge": challenge,
    "smp": smp,
    "exchange": exchange,
}
OPTIONS: dict[str, tuple[str, ...]] = {
    "mean": (),
    "median": (),
    "nash": ("cost",),
    "challenge": ("variant", "turns"),
    "smp": ("turns",),
    "exchange": ("turns",),
}


def run(table: ActorTable, model: str, **options: Any) -> Bargain:
    """Run a model on a table.

    Parameters
    ----------
    options
        Those of the model; ``None`` stands for its default.

    Raises
    ------
    UnknownNameError
        If there is no such model.
    InputError
        If the model does not take an option, or the table does not suit it.
    """
    module = _module(model)
    result: Bargain = module.run(table, **_given(model, options))
    return result


def settle(sample: Sample, model: str, **options: Any) -> tuple[Floats, NDArray[np.bool_]]:
    """Final positions of every draw, shape ``(draws, actors, issues)``, and whether it came to rest."""
    module = _module(model)
    result: tuple[Floats, NDArray[np.bool_]] = module.settle(sample, **_given(model, options))
    return result


def _module(model: str) -> ModuleType:
    if model not in MODELS:
        raise unknown_name("model", model, MODELS)
    return MODELS[model]


def _given(model: str, options: dict[str, Any]) -> dict[str, Any]:
    given = {k: v for k, v in options.items() if v is not None}
    for name in given:
        if name not in OPTIONS[model]:
            takers = [m for m, taken in OPTIONS.items() if name in taken]
            raise InputError(f"The model {model} takes no {name}.", expected=f"{name} only with {', '.join(takers)}")
    return given
