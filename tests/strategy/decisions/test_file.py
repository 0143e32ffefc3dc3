import csv
import io

import numpy as np
import pytest

from worldstage.core.errors import InputError, UnknownNameError
from worldstage.strategy.decisions import MODELS, forecast, forecast_file
from worldstage.strategy.decisions.eu_table import read_issues

KEYS = ["prnr", "isnr", "forecast", "low80", "high80", "q05", "q10", "q25", "q50", "q75", "q90", "q95"]
HEADER = "prnrnmc,prnr,prname,isnr,type,proc,pcom,pep,pat,pde,ppl,scom,sep,sat,sde,spl,rp,out"
# Composed for this test.
FIRST = [
    "1",
    "x1",
    "on ladders",
    "x1i1",
    "Reg",
    "COD",
    "100",
    "80",
    "0",
    "33.5",
    "",
    "60",
    "",
    "40",
    "80",
    "0",
    "0",
    "60",
]
SECOND = [
    "1",
    "x1",
    "on ladders",
    "x1i2",
    "Reg",
    "COD",
    "0",
    "",
    "100",
    "100",
    "50",
    "20",
    "0",
    "40",
    "80",
    "70",
    "",
    "",
]


def save(tmp_path, rows, header=HEADER, separator=",", name="t.csv", comma=False, encoding="utf-8"):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(header.split(","))
    writer.writerows([c.replace(".", ",") for c in row] if comma else row for row in rows)
    path = tmp_path / name
    path.write_text(out.getvalue(), encoding=encoding)
    return str(path)


def test_one_row_per_issue_with_the_agreed_keys(tmp_path):
    rows = list(forecast_file(save(tmp_path, [FIRST, SECOND]), "ensemble"))
    assert [list(r) for r in rows] == [KEYS, KEYS]
    assert [(r["prnr"], r["isnr"]) for r in rows] == [("x1", "x1i1"), ("x1", "x1i2")]
    for r in rows:
        q = [r[k] for k in KEYS[5:]]
        assert q == sorted(q)
        assert 0 <= q[0] <= r["forecast"] <= q[-1] <= 100
        assert (r["low80"], r["high80"]) == (r["q10"], r["q90"])


def test_a_row_is_read_as_the_issue_that_it_tells(tmp_path):
    told = next(forecast_file(save(tmp_path, [FIRST]), "ensemble"))
    # Poland has no position; the Parliament's missing salience is the mean of 60, 40 and 80.
    made = forecast([100, 80, 0, 33.5], [60, 60, 40, 80], reference=0, proposer=100, chamber=80)
    assert told["forecast"] == pytest.approx(made.point, abs=1e-4)
    assert told["q75"] == pytest.approx(made.quantile(0.75), abs=1e-4)


@pytest.mark.parametrize("model", list(MODELS))
def test_every_model_answers(tmp_path, model):
    first, second = forecast_file(save(tmp_path, [FIRST, SECOND]), model)
    assert first["q50"] is not None
    assert (second["forecast"] is None) == (model == "status-quo")


@pytest.mark.parametrize(
    ("separator", "comma", "encoding"),
    [
        (";", True, "utf-8"),
        ("\t", False, "utf-8-sig"),
        ("\t", True, "utf-16"),
        (",", True, "cp1252"),
        ("|", False, "utf-8"),
    ],
)
def test_separators_decimal_commas_and_encodings(tmp_path, separator, comma, encoding):
    plain = list(forecast_file(save(tmp_path, [FIRST, SECOND])))
    path = save(tmp_path, [FIRST, SECOND], separator=separator, comma=comma, name="u.csv", encoding=encoding)
    assert list(forecast_file(path)) == plain


def test_columns_may_stand_in_any_order_and_others_be_added(tmp_path):
    names = HEADER.split(",")
    order = np.random.default_rng(0).permutation(len(names))
    rows = [[row[i] for i in order] + ["7", "high", "3000"] for row in (FIRST, SECOND)]
    header = ",".join([names[i].upper() for i in order] + ["pol", "quality", "population"])
    assert list(forecast_file(save(tmp_path, rows, header, name="v.csv"))) == list(
        forecast_file(save(tmp_path, [FIRST, SECOND]))
    )


def test_new_members_count_and_missing_ones_are_not_missed(tmp_path):
    path = save(tmp_path, [["a", "b", "0", "100", "10", "30"]], "prnr,isnr,pxx,pde,sxx,sde")
    assert next(forecast_file(path, "mean"))["forecast"] == 75


def test_positions_without_any_salience_count_alike(tmp_path):
    for header, row in (("prnr,isnr,pde,pfr", "a,b,0,50"), ("prnr,isnr,pde,pfr,sde,sfr", "a,b,0,50,,")):
        assert next(forecast_file(save(tmp_path, [row.split(",")], header), "mean"))["forecast"] == 25
    zero = save(tmp_path, [["a", "b", "0", "50", "0", "0"]], "prnr,isnr,pde,pfr,sde,sfr")
    assert next(forecast_file(zero, "mean"))["forecast"] == 25


def test_an_issue_without_positions_gets_blanks(tmp_path):
    path = save(tmp_path, [["a", "1", "", "NA"], ["a", "2", "50", "n/a"]], "prnr,isnr,pde,pfr")
    blank, told = forecast_file(path)
    assert all(blank[k] is None for k in KEYS[2:])
    assert told["q50"] == pytest.approx(50)


def test_a_body_that_does_not_care_changes_nothing(tmp_path):
    header = "prnr,isnr,pcom,pep,pde,pfr,scom,sep,sde,sfr"
    with_body = save(tmp_path, [["a", "1", "70", "20", "0", "100", "0", "0", "50", "60"]], header)
    without = save(tmp_path, [["a", "1", "0", "100", "50", "60"]], "prnr,isnr,pde,pfr,sde,sfr", name="w.csv")
    assert list(forecast_file(with_body)) == list(forecast_file(without))


def test_capabilities_weigh(tmp_path):
    path = save(tmp_path, [["a", "1", "0", "100", "50", "50"]], "prnr,isnr,pde,pfr,sde,sfr")
    assert next(forecast_file(path, "mean", {"DE": 3, "fr": 1}))["forecast"] == 25
    assert next(forecast_file(path, "mean", {"de": 0, "fr": 1}))["forecast"] == 100
    with pytest.raises(InputError, match="'at'"):
        forecast_file(path, "mean", {"at": 1})


@pytest.mark.parametrize(
    ("header", "row", "words"),
    [
        ("prnr,isnr,pde", "a,1,120", r"line 2, column 'pde': 120 lies off"),
        ("prnr,isnr,pde,sde", "a,1,12,-1", r"column 'sde': -1 lies off"),
        ("prnr,isnr,pde,rp", "a,1,12,many", r"column 'rp': 'many' is not a number"),
        ("prnr,isnr,pde", "a,1,12,13", "4 cells under 3"),
        ("prnr,pde", "a,12", "no column 'isnr'"),
        ("proposal,isnr,pde", "a,1,12", "no column 'prnr'"),
        ("prnr,isnr,rp,out", "a,1,12,13", "no column of positions"),
        ("prnr,isnr,pde,pde", "a,1,12,13", "'pde' stands twice"),
    ],
)
def test_bad_tables_are_named(tmp_path, header, row, words):
    with pytest.raises(InputError, match=words):
        forecast_file(save(tmp_path, [row.split(",")], header))


def test_no_file_no_rows_and_no_such_model(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        forecast_file(str(tmp_path / "none.csv"))
    with pytest.raises(InputError, match="no rows"):
        forecast_file(save(tmp_path, []))
    with pytest.raises(UnknownNameError, match="model of decisions"):
        forecast_file(save(tmp_path, [FIRST]), "oracle")


def test_outcomes_are_read_but_never_used(tmp_path):
    changed = [*FIRST[:-1], "5"]
    assert next(read_issues(save(tmp_path, [changed]))).outcome == 5
    assert list(forecast_file(save(tmp_path, [changed]))) == list(forecast_file(save(tmp_path, [FIRST])))


def test_thousands_of_issues_take_seconds(tmp_path):
    import time

    path = save(tmp_path, [FIRST, SECOND] * 1000)
    began = time.perf_counter()
    assert len(list(forecast_file(path))) == 2000
    assert time.perf_counter() - began < 15
