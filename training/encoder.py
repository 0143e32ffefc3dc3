"""Fine-tune the pair encoder on the labelled sentences: ``python -m training.encoder MODEL``.

MODEL is a folder with all-MiniLM-L6-v2 (Apache-2.0) as `transformers` loads it. Needs `torch` and `transformers`, which
using the encoder does not; an hour on one core, half of it with ``--bfloat16`` on a processor that has such products.
Writes ``src/worldstage/coding/encoder.npz``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.__main__ import SENTENCES
from training.bert import EPOCHS, arguments, descend, save
from worldstage.coding.encoder import ACTOR_MARK, RECIPIENT_MARK, marked
from worldstage.coding.rows import NONE, Sentence, Span, read
from worldstage.coding.training import training_hash
from worldstage.core.records import STATUSES
from worldstage.reference.plover import TYPES

TARGET = Path(__file__).parents[1] / "src" / "worldstage" / "coding" / "encoder.npz"
CLASSES = (*TYPES, NONE)
SMOOTHING, STATUS_SHARE, LONGEST = 0.05, 0.3, 110


@dataclass(frozen=True)
class Instance:
    """A marked sentence with its labels; `weight` shares a label among the pairs of parties that it stands for."""

    text: str
    type: int
    status: int | None
    weight: float


def instances(sentences: Sequence[Sentence]) -> Iterator[Instance]:
    """Up to two pairs of parties for each label; both orders where a label has actors alone."""
    for sentence in sentences:
        for pair in sentence.pairs:
            couples: list[tuple[Span | None, Span | None]] = [
                (a, r) for a in (pair.actors[:2] or (None,)) for r in (pair.recipients[:2] or (None,))
            ]
            if not pair.recipients and len(pair.actors) > 1:
                one, two = pair.actors[:2]
                couples = [(one, two), (two, one)]
            couples = couples[:2]
            status = STATUSES.index(pair.status) if pair.type != NONE else None
            for actor, recipient in couples:
                text = marked(sentence.text, actor, recipient)
                yield Instance(text, CLASSES.index(pair.type), status, 1 / len(couples))


def fine_tune(model: str, found: Sequence[Instance], *, epochs: int = EPOCHS, bfloat16: bool = False) -> Any:
    """The fine-tuned encoder, its heads by name, and its vocabulary."""
    import torch
    from torch.nn.functional import cross_entropy, dropout
    from transformers import AutoModel, AutoTokenizer

    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(model)
    marks = [tokenizer.convert_tokens_to_ids(m) for m in (ACTOR_MARK, RECIPIENT_MARK)]
    encoder = AutoModel.from_pretrained(model)
    width = 3 * encoder.config.hidden_size
    heads = {"type": torch.nn.Linear(width, len(CLASSES)), "status": torch.nn.Linear(width, len(STATUSES))}

    def loss_of(batch: list[Instance]) -> Any:
        texts = tokenizer(
            [one.text for one in batch], return_tensors="pt", padding=True, truncation=True, max_length=LONGEST
        )
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16):
            hidden = encoder(**texts).last_hidden_state
        parts = []
        for weight in (texts["attention_mask"], *(texts["input_ids"] == m for m in marks)):
            w = weight.unsqueeze(-1).float()
            parts.append((hidden.float() * w).sum(1) / w.sum(1).clamp(min=1))
        pooled = dropout(torch.cat(parts, 1), 0.1)
        weight = torch.tensor([one.weight for one in batch])
        kinds = torch.tensor([one.type for one in batch])
        each = cross_entropy(heads["type"](pooled), kinds, reduction="none", label_smoothing=SMOOTHING)
        loss = (each * weight).sum() / weight.sum()
        told = [k for k, one in enumerate(batch) if one.status is not None]
        if told:
            statuses = torch.tensor([batch[k].status for k in told])
            loss = loss + STATUS_SHARE * cross_entropy(heads["status"](pooled[told]), statuses)
        return loss

    encoder.train()
    descend(encoder, heads, found, length=lambda one: len(one.text), loss_of=loss_of, epochs=epochs)
    vocabulary = tokenizer.get_vocab()
    return encoder, heads, sorted(vocabulary, key=vocabulary.get)


def main() -> None:
    """Train and write the encoder."""
    chosen = arguments(__doc__, TARGET)
    paths = sorted(SENTENCES.glob("*.txt"))
    found = list(instances(list(read(paths))))
    print(f"{len(found):,} marked pairs")
    encoder, heads, vocabulary = fine_tune(chosen.model, found, epochs=chosen.epochs, bfloat16=chosen.bfloat16)
    about = {"types": CLASSES, "statuses": STATUSES, "training": training_hash(paths), "pairs": len(found)}
    save(chosen.output, encoder, heads, vocabulary, about)


if __name__ == "__main__":
    main()
