"""``[[issues]]``, ``[[positions]]`` and ``[[scenarios]]`` of case.toml: read, and refused with a reason."""

import datetime as dt

import pytest

from worldstage.core.errors import ConfigError
from worldstage.strategy.issues import Change, Joined, Span
from worldstage.study import settings

ISSUE = """
[[issues]]
key = "dam"
question = "Is the dam built?"
low = "The dam is scrapped"
high = "The dam is built"
marks = {50 = "a smaller dam", 20 = "a weir"}
"""


def read(tmp_path, text):
    path = tmp_path / "case.toml"
    path.write_text(text, encoding="utf-8")
    return settings.read(path).agenda


def test_a_full_file_is_read(tmp_path):
    agenda = read(
        tmp_path,
        'capabilities = "power.csv"\n'
        + ISSUE
        + """
[[positions]]
actor = "FRA"
issue = "dam"
from = 2015-11-14
position = {low = 30, mode = 45, high = 60}
salience = 0.6
why = "a minister said so"
[[scenarios]]
name = "pact"
[[scenarios.change]]
actor = "FRA"
issue = "dam"
position = {mode = 60}
[[scenarios.pacts]]
kind = "formal"
members = ["FRA", "RUS"]
[[scenarios]]
name = "pact without France"
base = "pact"
[[scenarios.change]]
actor = "FRA"
remove = true
""",
    )
    (issue,) = agenda.issues
    assert (issue.key, issue.marks) == ("dam", ((20.0, "a weir"), (50.0, "a smaller dam")))
    (override,) = agenda.overrides
    assert override.position == Span(30, 45, 60)
    assert override.salience == Span(0.6, 0.6, 0.6)
    assert (override.first, override.capability) == (dt.date(2015, 11, 14), None)
    pact, without = agenda.scenarios
    assert pact.base == "now"
    assert pact.changes == (Change("FRA", "dam", Span(60, 60, 60)),)
    assert pact.pacts == (Joined("formal", ("FRA", "RUS")),)
    assert without.changes[0].remove
    assert agenda.capabilities == "power.csv"


def test_a_range_without_a_mode_has_it_in_the_middle(tmp_path):
    agenda = read(tmp_path, ISSUE + '[[positions]]\nactor = "A"\nissue = "dam"\nposition = {low = 20, high = 40}')
    assert agenda.overrides[0].position == Span(20, 30, 40)


def test_a_case_without_issues_has_an_empty_agenda(tmp_path):
    assert read(tmp_path, 'question = "?"').issues == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[issues]]\nkey = "x"\nquestion = "?"\nlow = "a"', "high is missing"),
        (ISSUE.replace("question", "qestion"), "did you mean 'question'"),
        (ISSUE + ISSUE, "two issues of the name 'dam'"),
        (ISSUE.replace("50 =", "500 ="), "a number between 0 and 100"),
        ('[[positions]]\nactor = "A"\nissue = "damm"\nposition = 3' + ISSUE, "did you mean 'dam'"),
        (ISSUE + '[[positions]]\nactor = "A"\nissue = "dam"\nposition = 130', "from 0 to 100"),
        (ISSUE + '[[positions]]\nactor = "A"\nissue = "dam"\nsalience = {mode = 2}', "from 0 to 1"),
        (ISSUE + '[[positions]]\nactor = "A"\nissue = "dam"\nposition = {low = 60, mode = 20}', "low at most mode"),
        (ISSUE + '[[positions]]\nactor = "A"\nissue = "dam"\nposition = "30"', "or one number"),
        (ISSUE + '[[positions]]\nactor = "A"\nissue = "dam"\nfrom = "soon"', "a date as"),
        ('[[scenarios]]\nname = "now"', "two scenarios of the name 'now'"),
        ('[[scenarios]]\nname = "x"\nbase = "befor"', "did you mean 'before'"),
        ('[[scenarios]]\nname = "x"\nbase = "y"\n[[scenarios]]\nname = "y"\nbase = "x"', "rest on each other"),
        ('[[scenarios]]\nname = "x"\n[[scenarios.change]]\nactor = "A"', "nothing changes"),
        ('[[scenarios]]\nname = "x"\n[[scenarios.change]]\nactor = "A"\nposition = 3', "a position without an issue"),
        ('[[scenarios]]\nname = "x"\n[[scenarios.pacts]]\nkind = "formel"\nmembers = ["A", "B"]', "'formal'"),
        ('[[scenarios]]\nname = "x"\n[[scenarios.pacts]]\nkind = "formal"\nmembers = ["A"]', "two actors or more"),
        ("issues = 3", r"\[\[issues\]\]"),
        ("capabilities = 3", "the name of a file"),
    ],
)
def test_what_cannot_be_is_refused_with_file_key_and_remedy(tmp_path, text, told):
    with pytest.raises(ConfigError, match=told) as caught:
        read(tmp_path, text)
    assert "case.toml" in caught.value.message
