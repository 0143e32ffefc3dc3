"""Fine-tune the reader of sentences on the labelled sentences: ``python -m training.reader MODEL``.

MODEL, needs and time are as for `training.encoder`; spaCy parses the sentences first. Writes
``src/worldstage/coding/reader.npz``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.__main__ import SENTENCES
from training.bert import EPOCHS, arguments, descend, save
from worldstage.coding.candidates import candidates
from worldstage.coding.features import is_near
from worldstage.coding.reader import pieces_of
from worldstage.coding.rows import NONE, Sentence, read
from worldstage.coding.training import (
    ACTOR,
    NEITHER,
    RECIPIENT,
    event_nouns,
    named_heads,
    other_names,
    tellings,
    training_hash,
)
from worldstage.coding.view import View
from worldstage.coding.wordpiece import WordPiece
from worldstage.core.records import STATUSES
from worldstage.reference.plover import TYPES

TARGET = Path(__file__).parents[1] / "src" / "worldstage" / "coding" / "reader.npz"
CLASSES, PARTS = (*TYPES, NONE), (ACTOR, RECIPIENT, NEITHER)
INNER = 192
SMOOTHING, STATUS_SHARE = 0.05, 0.3


@dataclass(frozen=True)
class Instance:
    """A sentence as pieces, with labels at the places of first pieces.

    Attributes
    ----------
    types, statuses
        ``(place, class)`` of predicates; statuses of those that tell something.
    parts
        ``(place of the predicate, place of the name, part)``.
    """

    rows: tuple[int, ...]
    types: tuple[tuple[int, int], ...]
    statuses: tuple[tuple[int, int], ...]
    parts: tuple[tuple[int, int, int], ...]


def instances(
    sentences: Sequence[Sentence], views: Sequence[View], nouns: frozenset[str], pieces: WordPiece
) -> Iterator[Instance]:
    """What the linear models are taught as well: predicates that tell something, those that do not, and names."""
    for sentence, view in zip(sentences, views, strict=True):
        rows, places = pieces_of(view.text, pieces)
        told = {at: what for at, what in tellings(sentence, view).items() if at < len(places)}
        names = sorted(i for i in named_heads(sentence, view) | other_names(view) if i < len(places))
        silent = {at for at in candidates(view, 0, len(places), nouns) if at not in told}
        types = [(places[at], CLASSES.index(what.types.most_common(1)[0][0])) for at, what in told.items()]
        yield Instance(
            tuple(rows),
            (*types, *((places[at], CLASSES.index(NONE)) for at in sorted(silent))),
            tuple((places[at], STATUSES.index(what.statuses.most_common(1)[0][0])) for at, what in told.items()),
            tuple(
                (places[at], places[m], 0 if m in what.actors else 1 if m in what.recipients else 2)
                for at, what in told.items()
                for m in names
                if m != at and is_near(view, m, at)
            ),
        )


def fine_tune(model: str, found: Sequence[Instance], *, epochs: int = EPOCHS, bfloat16: bool = False) -> Any:
    """The fine-tuned encoder and its heads by name."""
    import torch
    from torch.nn.functional import cross_entropy, dropout
    from transformers import AutoModel

    torch.manual_seed(0)
    encoder = AutoModel.from_pretrained(model)
    width = encoder.config.hidden_size
    shapes = {
        "type": (width, len(CLASSES)), "status": (width, len(STATUSES)), "doing": (width, INNER),
        "taking": (width, INNER), "part": (INNER, len(PARTS)),
    }  # fmt: skip
    heads = {name: torch.nn.Linear(*shape) for name, shape in shapes.items()}

    def loss_of(batch: list[Instance]) -> Any:
        longest = max(len(one.rows) for one in batch)
        ids = torch.tensor([[*one.rows, *[0] * (longest - len(one.rows))] for one in batch])
        mask = torch.tensor([[1] * len(one.rows) + [0] * (longest - len(one.rows)) for one in batch])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16):
            hidden = encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        hidden = dropout(hidden.float(), 0.1)

        def at(name: str, column: int) -> Any:
            places = [(k, label[column]) for k, one in enumerate(batch) for label in getattr(one, name)]
            sentence, place = torch.tensor(places).reshape(-1, 2).T
            return hidden[sentence, place]

        def wanted(name: str) -> Any:
            return torch.tensor([label[-1] for one in batch for label in getattr(one, name)])

        loss = torch.zeros(())
        if len(kinds := wanted("types")):
            loss = loss + cross_entropy(heads["type"](at("types", 0)), kinds, label_smoothing=SMOOTHING)
        if len(statuses := wanted("statuses")):
            loss = loss + STATUS_SHARE * cross_entropy(heads["status"](at("statuses", 0)), statuses)
        if len(parts := wanted("parts")):
            inner = torch.relu(heads["doing"](at("parts", 0)) + heads["taking"](at("parts", 1)))
            loss = loss + cross_entropy(heads["part"](inner), parts, label_smoothing=SMOOTHING)
        return loss

    encoder.train()
    descend(encoder, heads, found, length=lambda one: len(one.rows), loss_of=loss_of, epochs=epochs)
    return encoder, heads


def main() -> None:
    """Train and write the reader."""
    from transformers import AutoTokenizer

    from worldstage.coding.parser import load_parser

    chosen = arguments(__doc__, TARGET)
    paths = sorted(SENTENCES.glob("*.txt"))
    sentences = list(read(paths))
    views = [View(doc) for doc in load_parser().pipe(s.text for s in sentences)]
    ranks = AutoTokenizer.from_pretrained(chosen.model).get_vocab()
    vocabulary = sorted(ranks, key=ranks.get)
    found = list(instances(sentences, views, event_nouns(sentences, views), WordPiece(vocabulary)))
    print(f"{len(found):,} sentences, {sum(len(one.types) for one in found):,} predicates")
    encoder, heads = fine_tune(chosen.model, found, epochs=chosen.epochs, bfloat16=chosen.bfloat16)
    about = {"types": CLASSES, "statuses": STATUSES, "parts": PARTS, "training": training_hash(paths)}
    save(chosen.output, encoder, heads, vocabulary, about)


if __name__ == "__main__":
    main()
