"""How many people a phrase counts: *12 soldiers*, *two officers and a driver*, *hundreds of civilians*."""

from __future__ import annotations

from worldstage.coding.calendars import MONTHS
from worldstage.coding.numbers import count_at, starts_number
from worldstage.coding.view import View
from worldstage.coding.words import words
from worldstage.core.records import Range

ZERO = Range(0, 0)

_PEOPLE = words(
    "person people man woman child boy girl baby infant teenager youth adult pensioner civilian resident villager "
    "citizen soldier troop conscript serviceman guard officer policeman policewoman constable sergeant lieutenant "
    "captain major colonel general commander militant fighter rebel insurgent gunman attacker bomber terrorist "
    "extremist jihadist guerrilla paramilitary militiaman mercenary peacekeeper pilot sailor marine airman "
    "paratrooper ranger protester demonstrator striker rioter activist journalist reporter photographer cameraman "
    "worker labourer miner farmer peasant student pupil teacher professor doctor nurse medic patient driver "
    "passenger pedestrian tourist pilgrim worshipper priest bishop monk nun imam cleric rabbi judge prosecutor "
    "lawyer politician minister deputy mayor governor senator candidate official diplomat ambassador consul envoy "
    "aide bodyguard hostage captive prisoner detainee inmate refugee migrant settler shepherd fisherman hunter "
    "trader merchant shopkeeper engineer scientist national native foreigner member victim relative mother father "
    "son daughter wife husband brother sister cousin uncle aunt grandmother family survivor bystander spectator "
    "firefighter rescuer volunteer contractor employee staff crew leader chief king queen president premier other "
    "body operative agent spy informer suspect criminal gangster robber looter smuggler"
)
# What numbers count that are no casualties.
NOT_PEOPLE = words(
    "year month week day hour minute second time percent % mile kilometre kilometer km metre meter tonne ton "
    "dollar euro pound rouble ruble animal cow cattle sheep goat camel horse pig chicken bird fish dog cat "
    "elephant whale tree job bill proposal deal tank vehicle aircraft plane helicopter drone boat ship building "
    "house home village town city province country state place district site attack incident case count cent "
    "round shot bullet million billion age point seat vote"
)
_GROUPS = words("family crew staff body")
_BETWEEN = words(
    "be been being was were is are 's have has had 've left reported confirmed pronounced found also already "
    "later reportedly others"
)
_NO_COUNT = words("TIME MONEY PERCENT ORDINAL")


def headcount(view: View, n: int) -> Range | None:
    """How many people a phrase with head `n` and its conjuncts stand for; None where the first is not counted."""
    total = phrase_count(view, n)
    node = n
    for _ in range(6):
        node = next((c for c in view.children[node] if view.dep[c] == "conj" and c > node), -1)
        if node < 0 or total is None:
            return total
        more = phrase_count(view, node)
        if more is not None:
            total = _sum(total, more)
    return total


def _sum(a: Range, b: Range) -> Range:
    low = a.low if b.low is None else b.low if a.low is None else a.low + b.low
    return Range(low, a.high + b.high if a.high is not None and b.high is not None else None)


def phrase_count(view: View, n: int) -> Range | None:
    """How many people the phrase with head `n` stands for, its conjuncts left out."""
    lemma, lower = view.lemma[n], view.lower[n]
    if lower in ("nobody", "none") or any(
        view.lower[c] == "no" and view.dep[c] in ("det", "neg") for c in view.children[n]
    ):
        return ZERO
    if lemma in NOT_PEOPLE and not starts_number(lower):
        return None
    if lemma == "total" and (inner := inner_noun(view, n)) >= 0:
        return headcount(view, inner)
    number = number_in(view, n)
    if number is not None:
        inner = inner_noun(view, n)
        return None if inner >= 0 and view.lemma[inner] in NOT_PEOPLE else number
    if any(view.lower[c] == "both" and view.dep[c] == "det" for c in view.children[n]):
        return Range(2, 2)
    if view.tag[n] not in ("NN", "NNP"):
        return None
    if view.ent[n] == "PERSON":
        return Range(1, 1)
    determined = any(
        view.dep[c] in ("det", "poss") and view.lower[c] not in ("any", "every", "each") for c in view.children[n]
    )
    return Range(1, 1) if determined and lemma in _PEOPLE and lemma not in _GROUPS else None


def inner_noun(view: View, n: int) -> int:
    """The noun of an *of*-phrase after `n`, -1 where there is none."""
    for c in view.children[n]:
        if view.lower[c] == "of":
            return next((g for g in view.children[c] if view.dep[g] == "pobj"), -1)
    return -1


def is_no_count(view: View, t: int) -> bool:
    """Whether the number at token `t` is a year, a day of a month, money or the like."""
    if view.ent[t] != "DATE":
        return view.ent[t] in _NO_COUNT
    word = view.lower[t]
    return (len(word) == 4 and word.isdigit()) or (t > 0 and view.lower[t - 1] in MONTHS)


def number_in(view: View, n: int) -> Range | None:
    """The number in a noun phrase: its head, or before its head."""
    lower = view.lower
    for t in range(max(view.sents[view.sent[n]][0], n - 9), n + 1):
        if not starts_number(lower[t]) or is_no_count(view, t):
            continue
        count = count_at(lower, t)
        if count is None or count.last <= t:
            continue
        if count.last > n:
            after = view.lemma[count.last] if count.last < len(view) else ""
            return None if after in NOT_PEOPLE else count.range
        node = count.last - 1
        for _ in range(3):
            node = view.head[node]
            if node == n:
                return count.range
    return None


def count_before(view: View, i: int) -> Range | None:
    """A count right before token `i`, with auxiliaries and a noun for people between."""
    b = view.sents[view.sent[i]][0]
    j = i - 1
    while j > b and (view.lower[j] in _BETWEEN or view.pos[j] in ("AUX", "ADV") or view.lemma[j] in _PEOPLE):
        j -= 1
    for first in range(max(b, j - 5), j + 1):
        if starts_number(view.lower[first]) and not is_no_count(view, first):
            count = count_at(view.lower, first)
            if count and count.last == j + 1:
                return count.range
    return None


def count_after(view: View, i: int) -> Range | None:
    """A count right after token `i`, if it counts people or nothing named."""
    for first in range(i + 1, min(len(view), i + 5)):
        if starts_number(view.lower[first]) and not is_no_count(view, first):
            count = count_at(view.lower, first)
            if count is None or count.first != i + 1:
                return None
            after = view.lemma[count.last] if count.last < len(view) else ""
            return None if after in NOT_PEOPLE else count.range
    return None
