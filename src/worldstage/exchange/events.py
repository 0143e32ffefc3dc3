"""What happened, in the words of other data sets: CAMEO codes, event texts, PLOVER types."""

from __future__ import annotations

from worldstage.exchange.mapping import Kind, Values, split
from worldstage.reference import cameo, plover

# An older draft of PLOVER has one type for what is now two.
_OLDER = {"YIELD": "CONCEDE", "INVESTIGATE": "ACCUSE", "DISAPPROVE": "ACCUSE"}
_STATUS = {"historical": "historical", "future": "planned", "hypothetical": "hypothetical", "negation": "denied"}


def from_cameo(values: Values) -> Kind:
    """The kind of a CAMEO code; of a second column with the event text where the code is missing."""
    code = values[0].strip()
    if code:
        found = cameo.by_code(code)
        if found:
            return Kind(found.type, found.mode, found.context)
        if len(code) == 1 and code.isdigit():
            return Kind(refused=f"CAMEO code without its leading zero: {code}")
    for text in values[1:]:
        if text.strip():
            return from_text((text,))
    return Kind(refused=f"unknown CAMEO code: {code}" if code else "no event code")


def from_text(values: Values) -> Kind:
    """The kind of an event text in ICEWS's words; a PLOVER type or a CAMEO code is taken as such."""
    text = values[0].strip()
    if not text:
        return Kind(refused="no event")
    word, _, rest = text.partition(" ")
    if word.isupper() and (word in plover.TYPES or word in _OLDER):
        # As in our own files with ICEWS's columns: *ASSAULT firearms*.
        return from_plover((word, rest))
    found = cameo.by_code(text) if text.isdigit() else cameo.by_text(text)
    if found is None:
        return Kind(refused=f"unknown event: {text}")
    return Kind(found.type, found.mode, found.context)


def from_plover(values: Values) -> Kind:
    """The kind of a PLOVER type, with modes and contexts as lists parted by ``;`` in further columns."""
    name = values[0].strip().upper()
    if not name:
        return Kind(refused="no event type")
    name = _OLDER.get(name, name)
    if name not in plover.TYPES:
        return Kind(refused=f"unknown event type: {name}")
    lists = [tuple(x.strip() for x in split(v.replace(",", ";"))) for v in values[1:3]]
    modes, contexts = (*lists, (), ())[:2]
    status = next((_STATUS[m] for m in modes if m in _STATUS), "occurred")
    return Kind(name, tuple(m for m in modes if m not in _STATUS), contexts, status=status)
