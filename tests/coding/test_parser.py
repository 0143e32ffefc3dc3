import pytest

from worldstage.coding.parser import load_parser
from worldstage.core.errors import ConfigError


def test_no_sentence_runs_over_a_blank_line(nlp):
    doc = nlp(
        "Ministers meet in Vienna over ferry\n\nNorway and Denmark held talks on Monday.\n\n\nA poll was published"
    )
    starts = {sentence.text.strip().split()[0] for sentence in doc.sents}
    assert {"Ministers", "Norway", "A"} <= starts


def test_a_line_break_alone_ends_nothing(nlp):
    doc = nlp("Norway and Denmark\nheld talks on Monday.")
    assert len([s for s in doc.sents if s.text.strip()]) == 1


def test_a_pipeline_that_is_not_installed_is_named():
    with pytest.raises(ConfigError, match="en_core_web_nothing"):
        load_parser("en_core_web_nothing")
