"""Units of amounts: per cent, currencies, measures, rates, and the nouns that a number counts."""

from __future__ import annotations

from dataclasses import dataclass

from worldstage.coding.view import View
from worldstage.coding.words import words

_SIGNS = {
    "$": "US dollars", "US$": "US dollars", "A$": "Australian dollars", "AU$": "Australian dollars",
    "C$": "Canadian dollars",
    "CA$": "Canadian dollars", "HK$": "Hong Kong dollars", "NZ$": "New Zealand dollars", "S$": "Singapore dollars",
    "NT$": "New Taiwan dollars", "€": "euros", "£": "pounds", "¥": "yen", "₽": "roubles", "₹": "rupees", "₺": "lira",
    "₴": "hryvnias", "₪": "shekels",
}  # fmt: skip
_CODES = {
    "usd": "US dollars", "eur": "euros", "gbp": "pounds", "rub": "roubles", "jpy": "yen", "cny": "yuan", "rmb": "yuan",
    "chf": "Swiss francs", "uah": "hryvnias", "inr": "rupees", "rs": "rupees",
}  # fmt: skip
_MONEY = {
    "dollar": "US dollars", "euro": "euros", "pound": "pounds", "ruble": "roubles", "rouble": "roubles", "yen": "yen",
    "yuan": "yuan", "renminbi": "yuan", "lira": "lira", "rial": "rials", "riyal": "riyals", "rupee": "rupees",
    "hryvnia": "hryvnias", "hryvnya": "hryvnias", "shekel": "shekels", "franc": "francs", "dinar": "dinars",
    "dirham": "dirhams", "zloty": "zlotys", "peso": "pesos", "cent": "US cents", "crown": "crowns", "krona": "kronor",
    "krone": "kroner", "naira": "naira", "baht": "baht", "ringgit": "ringgit", "rupiah": "rupiah", "tenge": "tenge",
}  # fmt: skip
_FOREIGN_DOLLARS = {
    "australian",
    "canadian",
    "singapore",
    "kong",
    "zealand",
    "taiwan",
    "liberian",
    "jamaican",
    "zimbabwe",
}
_ABBREVIATED = {
    "km": "kilometres", "kms": "kilometres", "km.": "kilometres", "kg": "kilograms", "m": "metres", "ft": "feet",
    "cm": "centimetres", "mi": "miles", "ha": "hectares", "mw": "megawatts", "gw": "gigawatts", "kw": "kilowatts",
    "bpd": "barrels a day", "b/d": "barrels a day", "mbpd": "million barrels a day", "bcm": "billion cubic metres",
    "kph": "kilometres an hour", "km/h": "kilometres an hour", "mph": "miles an hour", "kt": "kilotons",
}  # fmt: skip
_MEASURES = words(
    "kilometre kilometer mile metre meter foot yard inch ton tonne kilogram kilogramme gram pound ounce litre liter "
    "gallon barrel acre hectare centimetre centimeter megaton kiloton megawatt gigawatt degree"
)
_RATES = words("day year month week hour minute second night barrel tonne ton head person litre liter gallon square")
_DAILY = {"daily": "day", "annually": "year", "yearly": "year", "monthly": "month", "weekly": "week", "hourly": "hour"}
# What numbers count that is no figure: time, and words for parts and turns.
_NO_UNIT = words(
    "second minute hour day night week weekend month year decade century fortnight morning evening quarter season "
    "time way thing side part point step reason occasion stage phase front aspect factor option half type kind sort "
    "form third tenth fifth day-old year-old mm cm millimetre millimeter"
)
_IRREGULAR = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "foot": "feet", "life": "lives",
    "wife": "wives",
    "policeman": "policemen", "gunman": "gunmen", "serviceman": "servicemen", "fisherman": "fishermen",
}  # fmt: skip
# Nouns that are plural as they stand.
_INVARIANT = words(
    "people personnel aircraft police cattle sheep staff spacecraft hovercraft offspring livestock military crew "
    "infantry cavalry clergy percent others"
)
_MODIFIER_TAGS = words("JJ JJR JJS NN NNP NNS NNPS VBN VBG HYPH RBS POS")
_EMPTY = words(
    "other more new additional such further extra different whole full entire total separate same very own others "
    "alleged following"
)
_ARTICLES = words("the these those its their his her our my a all this that")


@dataclass(slots=True)
class Counted:
    """The unit of an amount: the word for it, its head token (-1: none), and the token after it."""

    unit: str
    head: int
    last: int


def plural(noun: str) -> str:
    """The plural of a noun in lower case.

    >>> plural("gunman"), plural("embassy"), plural("church"), plural("sortie")
    ('gunmen', 'embassies', 'churches', 'sorties')
    """
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun in _INVARIANT:
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def percent(view: View, j: int, end: int) -> int:
    """The token after the sign or word for per cent at token `j`; `j` itself where there is none."""
    if j < end:
        word = view.lower[j]
        if word in ("%", "percent", "pct", "pct."):
            return j + 1
        if word == "per" and view.lower[j + 1 : j + 2] == ["cent"]:
            return j + 2
        if word == "-" and view.lower[j + 1 : j + 2] == ["percent"]:
            return j + 2
    return j


def later_percent(view: View, j: int, end: int) -> bool:
    """Whether a number at token `j` follows that shares its per cent with the one before: *72 and 66 percent*."""
    for _ in range(3):
        while j < end and view.lower[j] in (",", "and", "or", "to"):
            j += 1
        if j >= end or view.tag[j] != "CD":
            return False
        j += 1
        if percent(view, j, end) > j:
            return True
    return False


def money(view: View, sign: str, first: int, j: int, end: int) -> Counted | None:
    """The currency by the sign before, the code before or the word after a number in tokens ``first:j``."""
    lower = view.lower
    if sign:
        name = _SIGNS.get(sign) or _SIGNS[sign[-1]]
        if j < end and view.lemma[j] in ("dollar", "euro", "pound"):
            j += 1
        return Counted(*_rated(view, name, -1, j, end))
    if first and lower[first - 1] in _CODES and view.text[first - 1][:1].isupper():
        return Counted(*_rated(view, _CODES[lower[first - 1]], -1, j, end))
    if j < end and lower[j] in _CODES and lower[j] != "rs" and view.text[j].isupper():
        return Counted(*_rated(view, _CODES[lower[j]], -1, j + 1, end))
    k, adjective = j, ""
    if k < end and lower[k] == "-":
        k += 1
    while k + 1 < end and k < j + 2 and view.text[k][:1].isupper() and lower[k].rstrip(".") not in _MONEY:
        adjective = adjective + " " * bool(adjective) + view.text[k]
        k += 1
    if k >= end:
        return None
    named = _MONEY.get(view.lemma[k]) or _MONEY.get(lower[k])
    if named is None or (named == "pounds" and lower[k + 1 : k + 2] == ["of"]):
        return None
    name = named
    if name == "US dollars" and adjective.split()[-1:] and adjective.split()[-1].lower() in _FOREIGN_DOLLARS:
        name = f"{adjective} dollars"
    elif name in ("francs", "pesos", "crowns", "dinars", "pounds") and adjective:
        name = f"{adjective} {name}"
    return Counted(*_rated(view, name, -1, k + 1, end))


def _rated(view: View, unit: str, head: int, j: int, end: int) -> tuple[str, int, int]:
    """Add a rate: *a day*, *per barrel*, *daily*."""
    if j < end and view.lower[j] in _DAILY and view.tag[j] in ("RB", "JJ"):
        return f"{unit} a {_DAILY[view.lower[j]]}", head, j + 1
    if j + 1 < end and view.lower[j] in ("a", "an", "per", "each", "every", "-a-", "/") and view.lemma[j + 1] in _RATES:
        article = "an" if view.lemma[j + 1] in ("hour",) else "a"
        return f"{unit} {article} {view.lemma[j + 1]}", head, j + 2
    return unit, head, j


def measure(view: View, j: int, end: int) -> Counted | None:
    """A measure after a number: *km*, *square kilometres*, *-mile*."""
    k, lead = j, ""
    if k < end and view.lower[k] == "-":
        k += 1
    if k + 1 < end and view.lower[k] in ("square", "cubic", "sq", "sq.", "nautical", "metric"):
        lead = {"sq": "square", "sq.": "square"}.get(view.lower[k], view.lower[k]) + " "
        k += 1
    if k >= end:
        return None
    word, lemma = view.lower[k], view.lemma[k]
    if word in _ABBREVIATED and (word not in ("m", "ha", "mi") or view.tag[k] != "NNP"):
        return Counted(*_rated(view, lead + _ABBREVIATED[word], -1, k + 1, end))
    if lemma not in _MEASURES and not (lead and word.rstrip("s") in _MEASURES):
        return None
    unit = lead + (word if word.endswith("s") or word == "feet" else plural(lemma))
    if view.lower[k + 1 : k + 3] == ["per", "hour"]:
        return Counted(unit + " an hour", -1, k + 3)
    return Counted(*_rated(view, unit, -1, k + 1, end))


def counted_noun(view: View, j: int, end: int, *, single: bool = False) -> Counted | None:
    """The noun that a number before token `j` counts, with its modifiers in lower case.

    Parameters
    ----------
    single
        Take a noun in the singular too (*one soldier*).
    """
    k = j
    if k < end and view.lower[k] == "of":
        k += 1
    while j < k < end and (view.lower[k] in _ARTICLES or view.tag[k] == "CD"):
        k += 1
    start, head = k, -1
    while k < end and k < start + 7:
        tag = view.tag[k]
        noun = tag in ("NNS", "NNPS") or view.lower[k] in _INVARIANT or (single and tag == "NN")
        if noun:
            if view.lemma[k] in _NO_UNIT:
                return None
            head = k
            if view.tag[k + 1 : k + 2] not in (["NNS"], ["NN"]) or view.text[k] == view.text[k].upper():
                break
        elif (head >= 0 and tag not in ("NN", "HYPH")) or (
            tag not in _MODIFIER_TAGS and not (view.lower[k] in (",", "and") and tag_before_noun(view, k, end))
        ):
            break
        k += 1
    if head < 0 or view.text[head].endswith("-"):
        return None
    first = head
    while (
        first > start
        and view.text[first - 1][:1].islower()
        and view.lower[first - 1] not in _EMPTY
        and head - first < 3
    ):
        if view.tag[first - 1] not in ("JJ", "NN", "VBN", "VBG", "HYPH", "NNS") and view.lower[first - 1] != "-":
            break
        first -= 1
    # Not half of a compound: *anti-ship missiles*, or *missiles*.
    while first > start and first < head and "-" in (view.lower[first], view.lower[first - 1]):
        first += 1
    last_word = view.text[head] if view.text[head][:1].isupper() else view.lower[head]
    if view.tag[head] == "NN" and view.lower[head] not in _INVARIANT:
        last_word = plural(view.lower[head])
    lead = view.raw[view.start[first] : view.start[head]].lower()
    unit = "people" if view.lower[head] == "others" else " ".join((lead + last_word).split())
    return Counted(*_rated(view, unit, head, head + 1, end))


def tag_before_noun(view: View, k: int, end: int) -> bool:
    """Whether a comma or *and* at token `k` joins two adjectives: *12 tired, hungry men*."""
    return k + 1 < end and view.tag[k - 1] == "JJ" and view.tag[k + 1] == "JJ"
