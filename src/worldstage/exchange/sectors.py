"""Sectors of society in the words of other data sets, as ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from worldstage.reference.roles import by_last_word, roles

# Role codes of CAMEO actor codes (GDELT, PETRARCH).
CAMEO_ROLES: Mapping[str, str] = MappingProxyType({
    "GOV": "GOV", "MIL": "MIL", "COP": "POL", "REB": "REB", "OPP": "OPP", "LEG": "LEG", "JUD": "JUD", "SPY": "SPY",
    "PTY": "PTY", "CVL": "CVL", "BUS": "BUS", "MED": "MED", "EDU": "EDU", "ELI": "ELI", "IGO": "IGO", "NGO": "NGO",
    "MNC": "MNC", "REF": "REF", "INS": "REB", "SEP": "REB", "UAF": "REB", "RAD": "REB", "IMG": "REB", "CRM": "CVL",
    "LAB": "CVL", "AGR": "CVL", "HLH": "CVL", "DEV": "CVL", "ENV": "CVL", "HRI": "NGO", "SET": "CVL", "MOD": "UNK",
    "NGM": "NGO", "REL": "REL",
})  # fmt: skip

# Words in sector names and generic actors of ICEWS and POLECAT; the first that is found decides.
_WORDS: tuple[tuple[str, str], ...] = (
    ("SPY", r"intelligence|\bspy"),
    ("POL", r"police|law enforcement|border divisions|coast guard|gendarm"),
    ("IGO", r"international government organization|\bIGOs?\b"),
    ("NGO", r"nongovernmental|\bNGOs?\b|human rights (?:group|commission)|activist"),
    ("MNC", r"multinational corporation"),
    ("REB", r"insurgent|rebel|separatist|organized violent|unidentified forces|militia|combatant|armed (?:gang|band|"
            r"opposition)|militant|terrorist|guerrilla|attacker|extremist|paramilitar|radicals"),
    ("OPP", r"opposition|dissident|protest|demonstrator"),
    ("MIL", r"military|army|navy|marines|air force|naval|troop|soldier|armed forces|defen[cs]e personnel"),
    ("JUD", r"judicial|court|judge|tribunal|prosecutor|\bjustice\b(?! / law ministry)"),
    ("LEG", r"legislat|parliament|lower house|upper house|unicameral|senate|congress"),
    ("GOV", r"government|executive|ministry|minister|cabinet|foreign affairs|domestic affairs|head of state|president|"
            r"royal administration|authorit|official|diplomat|envoy|municipal|provincial|civil servant|mayor|governor|"
            r"treasury|city council|administration|department"),
    ("MED", r"media|news|press\b|journalist|radio|television"),
    ("EDU", r"education|student|universit|school|professor|scientist|teacher|academ"),
    ("REL", r"religio|church|muslim|christian|catholic|sunni|shia|clergy|bishop|mosque|imam|jews|buddhist|hindu"),
    ("PTY", r"party|parties|ideological|nationalist|communist|candidate"),
    ("BUS", r"business|compan|industr|bank|employer|corporat|trade union|state owned|investor"),
    ("REF", r"refugee|displaced|asylum|migrant"),
    ("ELI", r"\belite"),
    ("CVL", r"general population|civilian|citizen|social|women|men\b|child|villager|farm|worker|labor|ethnic|criminal|"
            r"gang|medical|health|lawyer|attorney|population|people|resident|victim|crowd|mob|inmate|prisoner|tourist|"
            r"actor|artist|athlete|family|man$|girl|boy"),
)  # fmt: skip
_PATTERNS = tuple((sector, re.compile(pattern, re.IGNORECASE)) for sector, pattern in _WORDS)


@cache
def by_words(text: str) -> str:
    """The sector that a generic actor or the name of a sector speaks of; ``UNK`` where no word tells.

    >>> by_words("Foreign Affairs"), by_words("Citizen"), by_words("High Ranking Military Personnel")
    ('GOV', 'CVL', 'MIL')
    """
    folded = text.casefold().strip()
    role = roles().get(folded)
    if role is not None:
        return role.sector
    for sector, pattern in _PATTERNS:
        if pattern.search(text):
            return sector
    words = folded.split()
    for phrase in by_last_word().get(words[-1], ()) if words else ():
        if tuple(words[-len(phrase) :]) == phrase:
            return roles()[" ".join(phrase)].sector if " ".join(phrase) in roles() else "UNK"
    return "UNK"


# ICEWS lists several sectors in no fixed order; the more telling ones come first.
_TELLING = ("SPY", "POL", "MIL", "JUD", "REB", "IGO", "NGO", "MNC", "LEG", "GOV", "OPP", "MED", "EDU", "REL", "BUS",
            "PTY", "REF", "ELI", "CVL")  # fmt: skip


@cache
def by_list(cell: str, separator: str = ",") -> str:
    """The most telling sector of a list in ICEWS's words.

    >>> by_list("Executive,Foreign Ministry,Government"), by_list("Government,Military")
    ('GOV', 'MIL')
    """
    found = {by_words(part) for part in cell.split(separator) if part.strip()}
    return next((s for s in _TELLING if s in found), "UNK")


def by_roles(codes: tuple[str, ...]) -> str:
    """The sector of CAMEO role codes, the first that is known."""
    return next((CAMEO_ROLES[c] for c in codes if c in CAMEO_ROLES), "UNK")
