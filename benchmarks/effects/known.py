"""Known answers: California's Proposition 99, and the five series that R's CausalImpact summarised."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from worldstage.effects.structural import series_effect
from worldstage.effects.synthetic import panel_effect

PUBLISHED = {"sdid": -15.6, "sc": -19.6, "did": -27.3}
# File, separator, column, controls, first period after, last period; R's average and its standard deviation.
SERIES = {
    "google": ("google_data.csv", ",", "y", ["x1", "x2"], ("date", "2020-03-02", None), 27.0, 4.5),
    "volks": ("volks_data.csv", " ", "VolksWagen", ["BMW", "Allianz"], ("Date", "2015-09-20", None), -44.0, 5.6),
    "arma": ("arma_data.csv", ",", "y", ["X"], (None, 70, 100), 0.89, 0.3),
    "basque": ("basque.csv", ",", "Basque", ["another"], ("date", "1976-01-01", None), -0.76, 0.31),
    "comparison": ("comparison_data.csv", ",", "CHANGED", ["NOT_CHANGED_1", "NOT_CHANGED_2", "NOT_CHANGED_3"],
                   ("DATE", "2019-07-15", "2019-08-01"), -657.0, 736.0),
}  # fmt: skip


def california(folder: Path) -> dict[str, float]:
    """The three estimates."""
    table = pd.read_csv(folder / "california_prop99.csv", sep=";")
    wide = table.pivot(index="State", columns="Year", values="PacksPerCapita")
    order = [s for s in wide.index if s != "California"] + ["California"]
    split = int((wide.columns < 1989).sum())
    return {m: panel_effect(wide.loc[order].to_numpy(), 1, split, method=m).estimate for m in ("sdid", "sc", "did")}  # type: ignore[arg-type]


def r_series(folder: Path) -> dict[str, tuple[float, float, float]]:
    """Average effect, its error, and the distance from R's average in R's standard deviations."""
    out = {}
    for name, (file, sep, column, controls, (date, first, last), average, error) in SERIES.items():
        table = pd.read_csv(folder / file, sep=sep)
        when = table[date].astype(str).to_numpy() if date else np.arange(len(table))
        split = int((when < first).sum())
        end = len(table) if last is None else int((when <= last).sum() if date else last)
        found = series_effect(table[column].to_numpy()[:end], split, table[controls].to_numpy()[:end])
        out[name] = (found.average, found.average_error, (found.average - average) / error)
    return out
