"""Options on what counts as an event, and what events are measured against."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from worldstage.core.errors import ConfigError

F = TypeVar("F", bound=Callable[..., Any])
# Those of `worldstage.relations.counting`, written out so that --help loads no NumPy; a test holds them equal.
_VOLUMES, _DUPLICATES = ("total", "source", "none"), ("keep", "merged", "near-duplicates", "one-a-day")


def counting(function: F) -> F:
    """Add ``--volume`` and ``--duplicates``."""
    for option in (
        click.option(
            "--duplicates", type=click.Choice(_DUPLICATES), default="merged", show_default=True,
            help="keep: every telling counts; merged: what several documents tell counts once; near-duplicates, "
            "one-a-day: so do events that agree in day, type, parties (and place).",
        ),
        click.option(
            "--volume", type=click.Choice(_VOLUMES),
            help="Rates per event reported (total), per event that the same sources report (source), or per unit of "
            "time (none).  [default: total]",
        ),
    ):  # fmt: skip
        function = option(function)
    return function


def normalised(raw: bool, volume: str | None) -> bool:
    """Whether the volume is taken out.

    Raises
    ------
    ConfigError
        Where the two options contradict each other.
    """
    if raw and volume not in (None, "none"):
        raise ConfigError(f"--raw and --volume {volume} contradict each other.", hint="leave --raw out")
    return not raw and volume != "none"
