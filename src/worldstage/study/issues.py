"""Reading issues, overrides and scenarios from ``case.toml``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from worldstage.core.errors import ConfigError, InputError, nearest
from worldstage.strategy.issues import (
    BUILT_IN,
    HIGH,
    LOW,
    NOW,
    Agenda,
    Change,
    Issue,
    Joined,
    Override,
    Scenario,
    Span,
)

KEYS = ("issues", "positions", "scenarios", "capabilities")
_ISSUE = ("key", "question", "low", "high", "marks", "parties")
_CELLS = ("position", "salience", "capability")
_OVERRIDE = ("actor", "issue", "from", *_CELLS, "why")
_CHANGE = ("actor", "issue", *_CELLS, "remove")
_SCENARIO = ("name", "base", "change", "pacts")
_PACT = ("kind", "members")
_SPAN = ("low", "mode", "high")
_BOUNDS: Mapping[str, tuple[float, float]] = {
    "position": (LOW, HIGH),
    "salience": (0.0, 1.0),
    "capability": (0.0, float("inf")),
}


def read(data: Mapping[str, Any], path: Path) -> Agenda:
    """The issues, overrides and scenarios of a ``case.toml`` that was parsed.

    Names of actors are not resolved here, but where they are used.

    Raises
    ------
    ConfigError
        With the file, the key, what was got and what is allowed.
    """
    issues = tuple(_issue(entry, path) for entry in _entries(data, "issues", path))
    _distinct([i.key for i in issues], "issue", path)
    known = [i.key for i in issues]
    overrides = tuple(_override(entry, known, path) for entry in _entries(data, "positions", path))
    scenarios = tuple(_scenario(entry, known, path) for entry in _entries(data, "scenarios", path))
    _distinct([*BUILT_IN, *(s.name for s in scenarios)], "scenario", path)
    _based(scenarios, path)
    table = data.get("capabilities")
    if table is not None and not isinstance(table, str):
        raise ConfigError(
            f"{path}: capabilities is {table!r}.", expected='the name of a file, such as "capability.csv"'
        )
    return Agenda(issues, overrides, scenarios, table or None)


def _entries(data: Mapping[str, Any], key: str, path: Path) -> Sequence[Mapping[str, Any]]:
    found = data.get(key, [])
    if not isinstance(found, list) or not all(isinstance(entry, Mapping) for entry in found):
        raise ConfigError(f"{path}: {key} is {found!r}.", expected=f"[[{key}]] with its keys below")
    return found


def _known(entry: Mapping[str, Any], allowed: Iterable[str], where: str) -> None:
    allowed = list(allowed)
    for key in entry:
        if key not in allowed:
            close = nearest(key, allowed)
            raise ConfigError(
                f"{where}: unknown key {key!r}.", expected=f"did you mean {close[0]!r}" if close else ", ".join(allowed)
            )


def _text(entry: Mapping[str, Any], key: str, where: str, *, needed: bool = True) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str) or (needed and not value.strip()):
        got = "missing" if key not in entry else repr(value)
        raise ConfigError(f"{where}: {key} is {got}.", expected="text in quotation marks")
    return value.strip()


def _distinct(names: Sequence[str], what: str, path: Path) -> None:
    for n, name in enumerate(names):
        if name in names[:n]:
            raise ConfigError(f"{path}: there are two {what}s of the name {name!r}.", expected="each name once")


def _issue(entry: Mapping[str, Any], path: Path) -> Issue:
    where = f"{path}: issue {entry.get('key', '')!r}"
    _known(entry, _ISSUE, where)
    marks = entry.get("marks", {})
    if not isinstance(marks, Mapping):
        raise ConfigError(f"{where}: marks is {marks!r}.", expected='{50 = "what stands in the middle"}')
    parties = entry.get("parties", [])
    if not isinstance(parties, list) or not all(isinstance(p, str) and p.strip() for p in parties):
        raise ConfigError(f"{where}: parties is {parties!r}.", expected='a list of actors: ["A", "B"]')
    return Issue(
        key=_text(entry, "key", where),
        question=_text(entry, "question", where),
        low=_text(entry, "low", where),
        high=_text(entry, "high", where),
        marks=tuple(sorted(_mark(value, text, where) for value, text in marks.items())),
        parties=tuple(parties),
    )


def _mark(value: str, text: object, where: str) -> tuple[float, str]:
    try:
        place = float(value)
    except ValueError:
        place = float("nan")
    if not LOW < place < HIGH or not isinstance(text, str) or not text.strip():
        raise ConfigError(f"{where}: mark {value} = {text!r}.", expected="a number between 0 and 100, and text")
    return place, text.strip()


def _override(entry: Mapping[str, Any], issues: Sequence[str], path: Path) -> Override:
    where = f"{path}: position of {entry.get('actor', '')!r}"
    _known(entry, _OVERRIDE, where)
    first = entry.get("from")
    if isinstance(first, dt.datetime):
        first = first.date()
    if first is not None and not isinstance(first, dt.date):
        raise ConfigError(f"{where}: from is {first!r}.", expected="a date as 2015-11-14, without quotation marks")
    return Override(
        actor=_text(entry, "actor", where),
        issue=_of(_text(entry, "issue", where), issues, "issue", where),
        first=first,
        why=_text(entry, "why", where, needed=False),
        **_cells(entry, where),
    )


def _of(name: str, known: Sequence[str], what: str, where: str) -> str:
    if name in known:
        return name
    close = nearest(name, known)
    expected = f"did you mean {close[0]!r}" if close else ", ".join(known) or f"an {what} under [[{what}s]]"
    raise ConfigError(f"{where}: unknown {what} {name!r}.", expected=expected)


def _cells(entry: Mapping[str, Any], where: str) -> dict[str, Span | None]:
    return {name: _span(entry[name], name, where) if name in entry else None for name in _CELLS}


def _span(value: object, name: str, where: str) -> Span:
    """A range from ``{low = …, mode = …, high = …}`` or from a number; what is not given follows from the rest."""
    given = {"mode": value} if isinstance(value, (int, float)) else value
    expected = "{low = 30, mode = 45, high = 60}, or one number"
    if not isinstance(given, Mapping) or not given:
        raise ConfigError(f"{where}: {name} is {value!r}.", expected=expected)
    _known(given, _SPAN, f"{where}: {name}")
    if any(isinstance(v, bool) or not isinstance(v, (int, float)) for v in given.values()):
        raise ConfigError(f"{where}: {name} is {value!r}.", expected=expected)
    numbers = {k: float(v) for k, v in given.items()}
    mode = numbers.get("mode", sum(numbers.values()) / len(numbers))
    low, high = numbers.get("low", mode), numbers.get("high", mode)
    least, most = _BOUNDS[name]
    if not (least <= low and high <= most):
        upto = f"to {most:g}" if most < float("inf") else "upward"
        raise ConfigError(f"{where}: {name} reaches from {low:g} to {high:g}.", expected=f"from {least:g} {upto}")
    try:
        return Span(low, mode, high)
    except InputError as error:
        raise ConfigError(f"{where}: {name}: {error.message}", expected=error.expected) from None


def _scenario(entry: Mapping[str, Any], issues: Sequence[str], path: Path) -> Scenario:
    where = f"{path}: scenario {entry.get('name', '')!r}"
    _known(entry, _SCENARIO, where)
    return Scenario(
        name=_text(entry, "name", where),
        base=_text(entry, "base", where, needed=False) or NOW,
        changes=tuple(_change(one, issues, where) for one in _inner(entry, "change", where)),
        pacts=tuple(_pact(one, where) for one in _inner(entry, "pacts", where)),
    )


def _inner(entry: Mapping[str, Any], key: str, where: str) -> Sequence[Mapping[str, Any]]:
    found = entry.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise ConfigError(f"{where}: {key} is {found!r}.", expected=f"[[scenarios.{key}]] with its keys below")
    return found


def _change(entry: Mapping[str, Any], issues: Sequence[str], where: str) -> Change:
    where = f"{where}, change of {entry.get('actor', '')!r}"
    _known(entry, _CHANGE, where)
    issue = _of(_text(entry, "issue", where), issues, "issue", where) if "issue" in entry else None
    remove = entry.get("remove", False)
    if not isinstance(remove, bool):
        raise ConfigError(f"{where}: remove is {remove!r}.", expected="true or false")
    change = Change(_text(entry, "actor", where), issue, remove=remove, **_cells(entry, where))
    if change.position and issue is None:
        raise ConfigError(f"{where}: a position without an issue.", expected="issue = one of " + ", ".join(issues))
    if not (remove or change.position or change.salience or change.capability):
        raise ConfigError(f"{where}: nothing changes.", expected=", ".join((*_CELLS, "or remove = true")))
    return change


def _pact(entry: Mapping[str, Any], where: str) -> Joined:
    from worldstage.strategy.pacts import PACTS

    _known(entry, _PACT, f"{where}, pact")
    kind = _of(_text(entry, "kind", f"{where}, pact"), list(PACTS), "kind", f"{where}, pact")
    members = entry.get("members")
    if not isinstance(members, list) or len(members) < 2 or not all(isinstance(m, str) for m in members):
        raise ConfigError(f"{where}, pact: members is {members!r}.", expected='two actors or more: ["A", "B"]')
    return Joined(kind, tuple(members))


def _based(scenarios: Sequence[Scenario], path: Path) -> None:
    """Every base must exist, and none may lead back to itself."""
    bases = {s.name: s.base for s in scenarios}
    for s in scenarios:
        _of(s.base, [*BUILT_IN, *bases], "scenario", f"{path}: base of scenario {s.name!r}")
    for s in scenarios:
        seen, name = [s.name], s.base
        while name in bases:
            if name in seen:
                raise ConfigError(
                    f"{path}: the scenarios {', '.join(seen)} rest on each other.", expected="a base apart"
                )
            seen.append(name)
            name = bases[name]
