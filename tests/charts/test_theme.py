import pytest

from worldstage.charts import theme
from worldstage.charts.theme import QUAD_FILL, QUAD_LINE, QUADS, label


def _luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [theme.INK, theme.SOFT, theme.COOPERATION, theme.CONFLICT])
def test_text_stands_out_from_the_paper(colour):
    assert contrast(colour, theme.PAPER) >= 4.5


@pytest.mark.parametrize("quad", QUADS)
def test_the_outline_of_every_mark_stands_out_even_where_its_fill_is_pale(quad):
    assert contrast(QUAD_LINE[quad], theme.PAPER) >= 3


def test_words_and_deeds_differ_in_lightness_and_not_only_in_hue():
    for side in (theme.COOPERATIVE, theme.CONFLICTUAL):
        assert contrast(QUAD_FILL[side[0]], QUAD_FILL[side[1]]) >= 3


def test_cooperation_is_blue_and_conflict_orange():
    for quad in QUADS:
        red, blue = int(QUAD_FILL[quad][1:3], 16), int(QUAD_FILL[quad][5:7], 16)
        assert (blue > red) == (quad in theme.COOPERATIVE)


def test_a_label_has_no_control_characters_and_is_short():
    assert label("a\x00b\u202ec\nd") == "a b c d"
    assert label("\ud800x") == "x"
    assert label("x" * 60, 10) == "x" * 9 + "…"
