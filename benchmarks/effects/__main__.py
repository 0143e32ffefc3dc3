"""`python -m benchmarks.effects simulated | power | known FOLDER | icews EVENTS ENTITIES [OUTCOME]`."""

from __future__ import annotations

import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Run one part of the exam and print its table."""
    part, *rest = arguments or ["help"]
    if part == "simulated":
        from benchmarks.effects.simulated import coverage

        for kind, row in coverage().items():
            print(f"{kind:15}", *(f"{k} {v:.3f}" for k, v in row.items()), flush=True)
    elif part == "power":
        from benchmarks.effects.simulate import BEFORE, PAST
        from benchmarks.effects.simulated import power

        for past in (BEFORE, PAST):
            for dispersion, row in power(past=past).items():
                print(f"past {past} dispersion {dispersion}", *(f"{k} {v:.3f}" for k, v in row.items()), flush=True)
    elif part == "known" and len(rest) == 1:
        from benchmarks.effects.known import PUBLISHED, california, r_series

        for name, value in california(Path(rest[0])).items():
            print(f"california {name}: {value:.3f} (published {PUBLISHED[name]})")
        for name, (value, error, distance) in r_series(Path(rest[0])).items():
            print(f"{name}: {value:.3f} ({error:.3f}), {distance:+.3f} of R's standard deviations from R's average")
    elif part == "icews" and len(rest) in (2, 3):
        _icews(*rest)
    else:
        print(__doc__)
        return 2
    return 0


def _icews(events: str, entities: str, outcome: str = "all") -> None:
    from benchmarks.effects.icews import false_alarms, load, onsets

    table = load(Path(events), Path(entities))
    rows = false_alarms(table, outcome)
    for row in rows:
        print(*(f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in row.items()))
    for least in (0, 13):
        counted = [r for r in rows if r["from"] >= least]
        alarms, answered = sum(r["alarms"] for r in counted), sum(r["answered"] for r in counted)
        print(f"pooled, from {least}: {alarms / max(answered, 1):.3f} of {answered} answered")
    for row in onsets(table):
        print(*(f"{k} {v:.4g}" if isinstance(v, float) else f"{k} {v}" for k, v in row.items()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
