"""Where the labelled sentences are that the package's models were trained on."""

from __future__ import annotations

from pathlib import Path

from worldstage.core.errors import ConfigError


def shipped_sentences() -> list[Path]:
    """The files of labelled sentences: beside this module in an installed package, in ``training/`` of a checkout.

    Raises
    ------
    ConfigError
        If they are in neither place.
    """
    here = Path(__file__).parent
    for folder in (here / "sentences", here.parents[2] / "training" / "sentences"):
        found = sorted(folder.glob("*.txt"))
        if found:
            return found
    raise ConfigError(
        "The labelled sentences of the package are not there.",
        expected=f"{here / 'sentences'}/*.txt",
        hint="install worldstage again",
    )
