import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.coding.casualties import find_tolls
from worldstage.coding.view import View
from worldstage.core.records import Range

from .views import tokens_only


@pytest.fixture
def tolls(nlp):
    """The tolls of a text, as (kind, low, high)."""

    def read(text):
        return [(t.kind, t.count.low, t.count.high) for t in find_tolls(View(nlp(text)))]

    return read


def deaths(low, high):
    return ("deaths", low, high)


def injured(low, high):
    return ("injured", low, high)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bomb killed 12 people.", [deaths(12, 12)]),
        ("Twelve people were killed and 30 others were wounded.", [deaths(12, 12), injured(30, 30)]),
        ("12 were killed and 30 wounded.", [deaths(12, 12), injured(30, 30)]),
        ("Twelve people died in the fire.", [deaths(12, 12)]),
        ("The blast left 12 dead and 30 injured.", [deaths(12, 12), injured(30, 30)]),
        ("A death toll of 12 was reported.", [deaths(12, 12)]),
        ("The toll rose to 12.", [deaths(12, 12)]),
        ("The death toll rose from 10 to 12 on Monday.", [deaths(12, 12)]),
        ("The death toll exceeded 100.", [deaths(101, None)]),
        ("There were 12 deaths.", [deaths(12, 12)]),
        ("The attack killed at least 130, wounding 30 others.", [deaths(130, None), injured(30, 30)]),
        ("12 soldiers, including two officers, were killed.", [deaths(12, 12)]),
        ("Dozens were killed.", [deaths(24, None)]),
        ("Hundreds of civilians have been killed.", [deaths(200, None)]),
        ("About 40 people were injured.", [injured(40, 40)]),
        ("Up to 20 people were hurt.", [injured(None, 20)]),
        ("Between 10 and 15 people were killed.", [deaths(10, 15)]),
        ("More than 300 people died.", [deaths(301, None)]),
        ("Nobody was killed.", [deaths(0, 0)]),
        ("No one was hurt in the attack.", [injured(0, 0)]),
        ("There were no casualties.", [deaths(0, 0), injured(0, 0)]),
        ("Two soldiers and three civilians were killed.", [deaths(5, 5)]),
        ("A suicide bomber killed a policeman and two civilians.", [deaths(3, 3)]),
        ("A 12-year-old girl was killed.", [deaths(1, 1)]),
        ("Gunmen shot dead two men in Karachi.", [deaths(2, 2)]),
        ("Herders hacked nineteen people to death.", [deaths(19, 19)]),
        ("The number of dead rose to 45.", [deaths(45, 45)]),
        ("The disaster claimed 12 lives.", [deaths(12, 12)]),
        ("At least 70 people lost their lives.", [deaths(70, None)]),
        ("The killing of eight thousand men in 1995 shocked Europe.", [deaths(8000, 8000)]),
        ("12 of the 30 passengers were killed.", [deaths(12, 12)]),
        ("Four police officers were reported killed.", [deaths(4, 4)]),
        ("They executed 47 prisoners on Saturday.", [deaths(47, 47)]),
    ],
)
def test_counts(tolls, text, expected):
    assert tolls(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The group threatened to kill 12 hostages.",
        "Experts warned that thousands would die.",
        "The strike could kill 12 people.",
        "He denied killing 12 people.",
        "If 12 people are killed, the talks will end.",
        "The death toll could rise to 100.",
        "He wants to kill 12 people.",
        "He was killed in 2004.",
        "He was killed two days later.",
        "The rebels killed or wounded 40 soldiers.",
        "30 wounded soldiers were flown home.",
        "They paid $12 million after he died.",
        "The ban hurt Sarajevo.",
        "He was sentenced to death.",
        "The May 12 deaths were mourned.",
    ],
)
def test_no_counts(tolls, text):
    assert tolls(text) == []


def test_the_toll_points_to_the_word_that_tells_it(nlp):
    view = View(nlp("The bomb killed 12 people."))
    [toll] = find_tolls(view)
    assert view.text[toll.at] == "killed"
    assert toll.count == Range(12, 12)


@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                ["killed", "dead", "12", "a", "dozen", "toll", "of", "to", "no", "number", "lives", "-", "²"]
            )
        ).map(" ".join),
    )
)
def test_any_text_is_read_without_error(text):
    view = tokens_only(text)
    assert all(0 <= t.at < len(view) for t in find_tolls(view))
