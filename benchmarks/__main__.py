"""`make bench`: measure, print, compare with the floors; exit 1 where one is missed."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from benchmarks.speed import coding_over_parse, memory_growth

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))


def main() -> int:
    """Run every measurement."""
    missed = []
    speed = coding_over_parse()
    print("speed:", ", ".join(f"{k} {v:.3f}" for k, v in speed.items()), flush=True)
    if speed["coding_over_parse"] > FLOORS["speed"]["coding_over_parse"]:
        missed.append("speed.coding_over_parse")
    memory = memory_growth(FLOORS["memory"]["documents"])
    print("memory:", ", ".join(f"{k} {v:.0f}" for k, v in memory.items()), flush=True)
    if memory["growth_mb"] > FLOORS["memory"]["growth_mb"]:
        missed.append("memory.growth_mb")
    for name in missed:
        print(f"missed: {name}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
