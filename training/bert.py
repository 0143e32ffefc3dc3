"""What fine-tuning the encoders has in common: the descent, and the saved file (see `worldstage.coding.bert`)."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

EPOCHS = 5
BATCH, RATE, HEAD_RATE, WARM_UP = 32, 1e-4, 1e-3, 150
_NAMES = {
    "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
    "attention.output.dense": "mix", "attention.output.LayerNorm": "norm1", "intermediate.dense": "in",
    "output.dense": "out", "output.LayerNorm": "norm2",
}  # fmt: skip
T = TypeVar("T")


def arguments(about: str | None, target: Path) -> argparse.Namespace:
    """What the command line of either training says: ``model``, ``epochs``, ``bfloat16`` and ``output``."""
    options = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("model", help="folder with all-MiniLM-L6-v2")
    options.add_argument("--epochs", type=int, default=EPOCHS)
    options.add_argument("--bfloat16", action="store_true", help="encode in half precision")
    options.add_argument("--output", type=Path, default=target)
    return options.parse_args()


def batches(found: Sequence[T], length: Callable[[T], int], luck: random.Random) -> list[list[T]]:
    """Batches of sentences of like length, in random order: less padding."""
    order = list(found)
    luck.shuffle(order)
    out: list[list[T]] = []
    for begin in range(0, len(order), BATCH * 40):
        stretch = sorted(order[begin : begin + BATCH * 40], key=length)
        out += [stretch[k : k + BATCH] for k in range(0, len(stretch), BATCH)]
    luck.shuffle(out)
    return out


def descend(
    encoder: Any,
    heads: Mapping[str, Any],
    found: Sequence[T],
    *,
    length: Callable[[T], int],
    loss_of: Callable[[list[T]], Any],
    epochs: int,
) -> None:
    """Fit encoder and heads by AdamW, the rate rising over the first steps and falling to nothing at the end."""
    import torch

    began, luck = time.monotonic(), random.Random(0)
    tops = [p for head in heads.values() for p in head.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": encoder.parameters()}, {"params": tops}], lr=RATE, weight_decay=0.01, fused=True
    )
    steps, step = epochs * -(-len(found) // BATCH), 0
    for _ in range(epochs):
        for batch in batches(found, length, luck):
            pace = min(1.0, step / WARM_UP) * max(0.0, 1 - step / steps)
            for group, rate in zip(optimizer.param_groups, (RATE, HEAD_RATE), strict=True):
                group["lr"] = rate * pace
            loss = loss_of(batch)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
            if step % 100 == 0:
                print(f"{step}/{steps} steps, loss {loss.item():.3f}, {time.monotonic() - began:.0f} s", flush=True)


def save(
    target: Path, encoder: Any, heads: Mapping[str, Any], vocabulary: Sequence[str], about: Mapping[str, Any]
) -> None:
    """Write a model: matrices as 8-bit integers, pieces of Latin script alone."""
    state = {name: value.detach().numpy() for name, value in encoder.state_dict().items()}
    config = encoder.config
    kept = [i for i, piece in enumerate(vocabulary) if latin(piece)]
    out: dict[str, Any] = {
        "word": state["embeddings.word_embeddings.weight"][kept],
        # Every sentence is of the first kind: its embedding is part of each position's.
        "position": state["embeddings.position_embeddings.weight"][:128]
        + state["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": state["embeddings.LayerNorm.weight"],
        "norm.bias": state["embeddings.LayerNorm.bias"],
    }
    for k in range(config.num_hidden_layers):
        for long, short in _NAMES.items():
            for part in ("weight", "bias"):
                out[f"{k}.{short}.{part}"] = state[f"encoder.layer.{k}.{long}.{part}"]
    for name, head in heads.items():
        out[f"{name}.weight"], out[f"{name}.bias"] = head.weight.detach().numpy(), head.bias.detach().numpy()
    arrays: dict[str, Any] = {}
    for name, values in out.items():
        if values.ndim == 2:
            scale = np.abs(values).max(axis=1, keepdims=True) / 127
            arrays[name] = np.round(values / np.maximum(scale, 1e-12)).astype(np.int8)
            arrays[f"{name}.scale"] = scale.astype(np.float32)
        else:
            arrays[name] = values.astype(np.float32)
    told = json.dumps(
        {**about, "heads": config.num_attention_heads, "layers": config.num_hidden_layers}, sort_keys=True
    )
    for name, text in (("about", told), ("pieces", "\n".join(vocabulary[i] for i in kept))):
        arrays[name] = np.frombuffer(text.encode(), dtype=np.uint8)
    np.savez_compressed(target, **arrays)
    print(f"wrote {target.name}: {target.stat().st_size:,} bytes")


def latin(piece: str) -> bool:
    """Whether a piece of the vocabulary is kept."""
    return piece.isascii() and not piece.startswith("[unused")
