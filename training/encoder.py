"""Fine-tune the pair encoder on the labelled sentences: ``python -m training.encoder MODEL``.

MODEL is a folder with all-MiniLM-L6-v2 (Apache-2.0) as `transformers` loads it. Needs `torch` and `transformers`, which
using the encoder does not; about an hour on two cores. The weights are written as 8-bit integers to
``src/worldstage/coding/encoder.npz``; the vocabulary is cut to pieces of Latin script.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from training.__main__ import SENTENCES
from worldstage.coding.encoder import ACTOR_MARK, RECIPIENT_MARK, marked
from worldstage.coding.rows import NONE, Sentence, Span, read
from worldstage.coding.training import training_hash
from worldstage.core.records import STATUSES
from worldstage.reference.plover import TYPES

TARGET = Path(__file__).parents[1] / "src" / "worldstage" / "coding" / "encoder.npz"
CLASSES = (*TYPES, NONE)
EPOCHS, BATCH, RATE, HEAD_RATE, WARM_UP = 3, 32, 1e-4, 1e-3, 150
SMOOTHING, STATUS_SHARE, LONGEST = 0.05, 0.3, 110
NAMES = {
    "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
    "attention.output.dense": "mix", "attention.output.LayerNorm": "norm1", "intermediate.dense": "in",
    "output.dense": "out", "output.LayerNorm": "norm2",
}  # fmt: skip


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


def batches(found: Sequence[Instance], luck: random.Random) -> list[list[Instance]]:
    """Batches of sentences of like length, in random order: less padding."""
    order = list(found)
    luck.shuffle(order)
    out: list[list[Instance]] = []
    for begin in range(0, len(order), BATCH * 40):
        stretch = sorted(order[begin : begin + BATCH * 40], key=lambda one: len(one.text))
        out += [stretch[k : k + BATCH] for k in range(0, len(stretch), BATCH)]
    luck.shuffle(out)
    return out


def fine_tune(model: str, found: Sequence[Instance], *, epochs: int = EPOCHS) -> tuple[Any, Any]:
    """The fine-tuned network and its tokenizer."""
    import torch
    from torch import nn
    from torch.nn.functional import cross_entropy
    from transformers import AutoModel, AutoTokenizer

    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(model)
    marks = [tokenizer.convert_tokens_to_ids(m) for m in (ACTOR_MARK, RECIPIENT_MARK)]

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = AutoModel.from_pretrained(model)
            width = 3 * self.encoder.config.hidden_size
            self.type_head, self.status_head = nn.Linear(width, len(CLASSES)), nn.Linear(width, len(STATUSES))
            self.dropout = nn.Dropout(0.1)

        def forward(self, texts: list[str]) -> tuple[Any, Any]:
            batch = tokenizer(texts, return_tensors="pt", padding=True, truncation=True, max_length=LONGEST)
            hidden = self.encoder(**batch).last_hidden_state
            parts = []
            for weight in (batch["attention_mask"], *(batch["input_ids"] == m for m in marks)):
                w = weight.unsqueeze(-1).float()
                parts.append((hidden * w).sum(1) / w.sum(1).clamp(min=1))
            pooled = self.dropout(torch.cat(parts, 1))
            return self.type_head(pooled), self.status_head(pooled)

    network, luck, began = Network(), random.Random(0), time.monotonic()
    heads = [*network.type_head.parameters(), *network.status_head.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": network.encoder.parameters()}, {"params": heads}], lr=RATE, weight_decay=0.01
    )
    steps, step = epochs * len(batches(found, random.Random(0))), 0
    for _ in range(epochs):
        for batch in batches(found, luck):
            pace = min(1.0, step / WARM_UP) * max(0.0, 1 - step / steps)
            for group, rate in zip(optimizer.param_groups, (RATE, HEAD_RATE), strict=True):
                group["lr"] = rate * pace
            types, statuses = network([one.text for one in batch])
            weight = torch.tensor([one.weight for one in batch])
            each = cross_entropy(
                types, torch.tensor([one.type for one in batch]), reduction="none", label_smoothing=SMOOTHING
            )
            loss = (each * weight).sum() / weight.sum()
            told = [k for k, one in enumerate(batch) if one.status is not None]
            if told:
                loss = loss + STATUS_SHARE * cross_entropy(
                    statuses[told], torch.tensor([batch[k].status for k in told])
                )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
            if step % 100 == 0:
                print(f"{step}/{steps} steps, loss {loss.item():.3f}, {time.monotonic() - began:.0f} s", flush=True)
    return network.eval(), tokenizer


def packed(network: Any, tokenizer: Any, about: dict[str, Any]) -> dict[str, Any]:
    """The arrays of the saved file, see `worldstage.coding.encoder`."""
    state = {name: value.detach().numpy() for name, value in network.encoder.state_dict().items()}
    pieces = sorted(tokenizer.get_vocab(), key=tokenizer.get_vocab().get)
    kept = [i for i, piece in enumerate(pieces) if piece.isascii() and not piece.startswith("[unused")]
    out: dict[str, Any] = {
        "word": state["embeddings.word_embeddings.weight"][kept],
        # Every sentence is of the first kind: its embedding is part of each position's.
        "position": state["embeddings.position_embeddings.weight"][:128]
        + state["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": state["embeddings.LayerNorm.weight"],
        "norm.bias": state["embeddings.LayerNorm.bias"],
    }
    for k in range(about["layers"]):
        for long, short in NAMES.items():
            for part in ("weight", "bias"):
                out[f"{k}.{short}.{part}"] = state[f"encoder.layer.{k}.{long}.{part}"]
    for head in ("type", "status"):
        layer = getattr(network, f"{head}_head")
        out[f"{head}.weight"], out[f"{head}.bias"] = layer.weight.detach().numpy(), layer.bias.detach().numpy()
    arrays: dict[str, Any] = {}
    for name, values in out.items():
        if values.ndim == 2:
            scale = np.abs(values).max(axis=1, keepdims=True) / 127
            arrays[name] = np.round(values / np.maximum(scale, 1e-12)).astype(np.int8)
            arrays[f"{name}.scale"] = scale.astype(np.float32)
        else:
            arrays[name] = values.astype(np.float32)
    for name, text in (("about", json.dumps(about, sort_keys=True)), ("pieces", "\n".join(pieces[i] for i in kept))):
        arrays[name] = np.frombuffer(text.encode(), dtype=np.uint8)
    return arrays


def main() -> None:
    """Train and write the encoder."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("model", help="folder with all-MiniLM-L6-v2")
    options.add_argument("--epochs", type=int, default=EPOCHS)
    options.add_argument("--output", type=Path, default=TARGET)
    chosen = options.parse_args()
    paths = sorted(SENTENCES.glob("*.txt"))
    found = list(instances(list(read(paths))))
    print(f"{len(found):,} marked pairs")
    network, tokenizer = fine_tune(chosen.model, found, epochs=chosen.epochs)
    config = network.encoder.config
    about = {
        "types": CLASSES, "statuses": STATUSES, "heads": config.num_attention_heads,
        "layers": config.num_hidden_layers, "training": training_hash(paths), "pairs": len(found),
    }  # fmt: skip
    np.savez_compressed(chosen.output, **packed(network, tokenizer, about))
    print(f"wrote {chosen.output.name}: {chosen.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
