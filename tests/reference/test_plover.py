import pytest

from worldstage.core.errors import UnknownNameError
from worldstage.reference.plover import CONTEXTS, QUADS, TYPES, event_type, quad, score


def test_sixteen_types_in_four_quad_classes():
    assert len(TYPES) == 16
    assert {t.quad for t in TYPES.values()} == set(QUADS)
    assert len(CONTEXTS) == len(set(CONTEXTS)) == 37


def test_cooperation_scores_above_conflict():
    assert min(t.score for t in TYPES.values() if "cooperation" in t.quad) > max(
        t.score for t in TYPES.values() if "conflict" in t.quad
    )


@pytest.mark.parametrize(
    ("name", "modes", "expected"),
    [
        ("ASSAULT", ["aerial"], -9.5),
        ("ASSAULT", [], -9),
        ("RETREAT", ["resign"], 4.5),
        ("REQUEST", ["yield"], -1),
        ("AID", ["nonsense"], 10),
        ("SANCTION", ["convict", "expel"], -6),
    ],
)
def test_score_is_that_of_the_strongest_mode(name, modes, expected):
    assert score(name, modes) == expected


def test_unknown_type_names_the_nearest():
    assert quad("assault") == "material conflict"
    with pytest.raises(UnknownNameError, match="'ASSAULT'"):
        event_type("ASAULT")
