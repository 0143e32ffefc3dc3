import pytest

from worldstage.reference import cameo, plover
from worldstage.reference.tables import forms, rows


@pytest.mark.parametrize(
    ("code", "kind"),
    [("01", None), ("010", None), ("019", None), ("02", "REQUEST"), ("0256", "REQUEST"), ("035", "AGREE"),
     ("042", "CONSULT"), ("057", "SUPPORT"), ("0871", "RETREAT"), ("083", "CONCEDE"), ("100", "REQUEST"),
     ("111", "ACCUSE"), ("120", "REJECT"), ("138", "THREATEN"), ("145", "PROTEST"), ("152", "MOBILIZE"),
     ("163", "COERCE"), ("173", "COERCE"), ("190", "ASSAULT"), ("2042", "ASSAULT")],
)  # fmt: skip
def test_codes(code, kind):
    assert cameo.by_code(code).type == kind


def test_a_code_is_text():
    assert cameo.by_code("010").type is None
    assert cameo.by_code("10").type == "REQUEST"
    assert cameo.by_code("1") is None
    assert cameo.by_code("99") is None
    # A finer code than the table has means what its parent means.
    assert cameo.by_code("1909").code == "190"


def test_texts():
    for text, code in (
        ("Use conventional military force", "190"),
        ("MAKE STATEMENT", "010"),
        ("Consult", "040"),
        ("find guilty or liable (legally)", "116"),
        ("Reject request for economic aid", "1221"),
    ):
        assert cameo.by_text(text).code == code
    assert cameo.by_text("Do nothing in particular") is None


def test_every_row_has_a_type_of_plover_and_a_label():
    table = list(rows("cameo"))
    assert len(table) == 313
    for row in table:
        assert row["type"] in plover.TYPES or row["code"].startswith("01")
        assert row["label"]
        assert all(x == x.strip() for x in forms(row["context"]))
