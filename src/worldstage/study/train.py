"""A case's own coder: the package's sentences and the analyst's corrections, trained together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from worldstage.coding.rows import Sentence, parse, read
from worldstage.coding.sentences import shipped_sentences
from worldstage.core.errors import ConfigError
from worldstage.study.ledger import Ledger

if TYPE_CHECKING:
    from worldstage.study.case import Case

WEIGHTS = "coder.npz"
# An analyst's correction is of this case's own text: it weighs as much as so many of the package's sentences.
_WEIGHT = 5


@dataclass(frozen=True)
class Trained:
    """What `train` did."""

    path: Path
    sentences: int
    corrections: int
    name: str


def train(
    case: Case,
    *,
    corrections: bool = True,
    files: Sequence[str | Path] = (),
    note: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Train the case's coder and put it into the case's folder; `Case.code` uses it from then on.

    Parameters
    ----------
    corrections
        Whether the analyst's verdicts teach it.
    files
        More labelled sentences, in the format of ``training/GUIDE.md``.

    Raises
    ------
    ConfigError
        If there is nothing to teach beyond what the package's own coder knows.
    """
    from worldstage.coding.training import train as fit
    from worldstage.coding.view import View

    rows = "\n".join(case.training_rows()) if corrections else ""
    own: list[Sentence] = [*parse(rows, source="corrections")]
    more = [*read(Path(f) for f in files)]
    if not own and not more:
        raise ConfigError(
            "There is nothing to learn from: the case has no correction that makes a labelled sentence.",
            hint="`worldstage review`, or --sentences FILE",
        )
    path = case.folder / WEIGHTS
    with Ledger(case, "train", {"corrections": corrections, "files": [str(f) for f in files]}) as ledger:
        bundle = fit(
            shipped_sentences(),
            lambda texts: (View(doc) for doc in case.coder.nlp.pipe(texts, batch_size=64)),
            extra=[*more, *(own * _WEIGHT)],
            note=note,
        )
        bundle.about["name"] += " + case"
        bundle.save(path)
        ledger.counts = {"sentences": int(bundle.about["sentences"]), "corrections": len(own), "added": len(more)}
    return Trained(path, int(bundle.about["sentences"]), len(own), str(bundle.about["name"]))
