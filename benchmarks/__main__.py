"""`make bench`: measure, print, compare with the floors; exit 1 where one is missed."""

from __future__ import annotations

import operator
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

from benchmarks.coder.__main__ import TEST, score_all, show
from benchmarks.coder.documents import fingerprint
from benchmarks.speed import coding_over_parse, memory_growth
from benchmarks.strategy import challenge_draws, published_rounds, smp_draws, spatial_rules

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))


def main() -> int:
    """Run every measurement that needs no data from elsewhere."""
    missed: list[str] = []

    def compare(part: str, measured: Mapping[str, float], *, least: bool) -> None:
        worse = operator.lt if least else operator.gt
        for name, floor in FLOORS[part].items():
            if name in measured and worse(measured[name], floor):
                missed.append(f"{part}.{name}: {measured[name]:.4g}, floor {floor}")

    speed = coding_over_parse()
    speed["reading_over_parse"] = coding_over_parse(rounds=2, fast=False)["coding_over_parse"]
    print("speed:", ", ".join(f"{k} {v:.3f}" for k, v in speed.items()), flush=True)
    compare("speed", speed, least=False)
    score = score_all(TEST)
    show(score, "coder, test half")
    compare("coder", score.figures(), least=True)
    if not fingerprint().startswith(FLOORS["coder"]["test_set"]):
        missed.append("coder.test_set: the test documents have changed; measure the floors again")
    rounds, rules = published_rounds(), spatial_rules()
    print("bargaining: emission case off by", rounds, "spatial rules off by", rules, flush=True)
    compare("bargaining", {"mean": rounds["mean"], "median": rounds["median"], **rules}, least=False)
    draws = {"challenge_seconds": challenge_draws()["seconds"], "smp_seconds": smp_draws()["seconds"]}
    print("10,000 draws:", draws, flush=True)
    compare("bargaining", draws, least=False)
    memory = memory_growth(FLOORS["memory"]["documents"])
    print("memory:", ", ".join(f"{k} {v:.0f}" for k, v in memory.items()), flush=True)
    compare("memory", memory, least=False)
    for name in missed:
        print(f"missed: {name}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
