import pytest

from worldstage.core.records import SECTORS
from worldstage.reference.roles import by_head_word, by_last_word, head_word, roles


def test_every_role_has_a_sector_and_a_kind():
    assert len(roles()) > 500
    for phrase, role in roles().items():
        assert role.phrase == phrase == phrase.lower().strip()
        assert role.sector in SECTORS
        assert role.kind in ("title", "body", "people", "thing")


@pytest.mark.parametrize(
    ("phrase", "sector", "kind"),
    [
        ("prime minister", "GOV", "title"),
        ("police", "POL", "body"),
        ("army", "MIL", "body"),
        ("rebel", "REB", "title"),
        ("protester", "CVL", "title"),
        ("warplane", "MIL", "thing"),
        ("journalist", "MED", "title"),
        ("secretary of state", "GOV", "title"),
    ],
)
def test_roles_of_many_kinds(phrase, sector, kind):
    role = roles()[phrase]
    assert (role.sector, role.kind) == (sector, kind)


@pytest.mark.parametrize(
    ("phrase", "at"),
    [("minister", 0), ("prime minister", 1), ("deputy secretary of state", 1), ("commander in chief", 0), ("of", 0)],
)
def test_the_noun_that_a_phrase_turns_on(phrase, at):
    assert head_word(tuple(phrase.split())) == at


def test_every_phrase_is_found_by_its_last_word_the_longest_first():
    table = by_last_word()
    assert sum(len(found) for found in table.values()) == len(roles())
    for last, found in table.items():
        assert all(words[-1] == last for words in found)
        assert [len(words) for words in found] == sorted((len(words) for words in found), reverse=True)
    assert ("prime", "minister") in table["minister"]


def test_phrases_with_a_preposition_are_found_by_the_noun_before_it():
    table = by_head_word()
    assert ("secretary", "of", "state") in table["secretary"]
    assert ("commander", "in", "chief") in table["commander"]
    assert all(words[head_word(words)] == head for head, found in table.items() for words in found)
    assert not any(("prime", "minister") in found for found in table.values())
