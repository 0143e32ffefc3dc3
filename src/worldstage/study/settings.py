"""``case.toml``: reading and checking the settings of a case."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from worldstage.core.errors import ConfigError, nearest
from worldstage.core.periods import UNITS, Unit, Window
from worldstage.strategy.issues import Agenda
from worldstage.study import issues

_KEYS = {"question", "focus", "unit", "window", "shocks", "parser", *issues.KEYS}
_TEMPLATE = """\
# The settings of this case. Dates are written without quotation marks.
question = {question}
focus = {focus}
unit = "week"                      # day, week or month
# window = {{from = 2015-07-01, to = 2016-01-31}}   # all documents, if not given

{shock}
"""
_NO_SHOCK = """\
# [[shocks]]
# name = "What happened"
# date = 2015-11-13"""


@dataclass(frozen=True, slots=True)
class Shock:
    """A dated event whose consequences are asked about."""

    name: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a case; `focus` is a name or code as the user wrote it."""

    question: str = ""
    focus: str | None = None
    unit: Unit = "week"
    window: Window | None = None
    shocks: tuple[Shock, ...] = ()
    parser: str = "en_core_web_sm"
    agenda: Agenda = field(default_factory=Agenda)


def template(question: str, focus: str | None, shock: dt.date | None = None) -> str:
    """A new ``case.toml``; without a shock it shows how to write one."""
    told = f'[[shocks]]\nname = "{shock}"\ndate = {shock}' if shock else _NO_SHOCK
    return _TEMPLATE.format(question=_quoted(question), focus=_quoted(focus or ""), shock=told)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def read(path: Path) -> Settings:
    """Read and check a ``case.toml``.

    Raises
    ------
    ConfigError
        With the file, the key, what was got and what is allowed.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"There is no case.toml at {path}.", hint="`worldstage init DIR` makes a case") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is no valid TOML: {error}.") from None
    for key in data:
        if key not in _KEYS:
            close = nearest(key, _KEYS)
            raise ConfigError(
                f"{path}: unknown key {key!r}.",
                expected=f"did you mean {close[0]!r}" if close else ", ".join(sorted(_KEYS)),
            )
    unit = data.get("unit", "week")
    if unit not in UNITS:
        raise ConfigError(f"{path}: unit is {unit!r}.", expected=", ".join(UNITS))
    return Settings(
        question=_text(data, "question", path),
        focus=_text(data, "focus", path) or None,
        unit=unit,
        window=_window(data.get("window"), path),
        shocks=tuple(_shock(entry, path) for entry in data.get("shocks", [])),
        parser=_text(data, "parser", path) or "en_core_web_sm",
        agenda=issues.read(data, path),
    )


def _text(data: Mapping[str, Any], key: str, path: Path) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        raise ConfigError(f"{path}: {key} is {value!r}.", expected="text in quotation marks")
    return value.strip()


def _day(value: object, where: str) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise ConfigError(f"{where} is {value!r}.", expected="a date as 2015-11-13")


def _window(value: object, path: Path) -> Window | None:
    if value is None:
        return None
    if not isinstance(value, Mapping) or not {"from", "to"} <= set(value):
        raise ConfigError(f"{path}: window is {value!r}.", expected="{from = 2015-07-01, to = 2016-01-31}")
    first, last = _day(value["from"], f"{path}: window.from"), _day(value["to"], f"{path}: window.to")
    if last < first:
        raise ConfigError(f"{path}: the window ends ({last}) before it begins ({first}).")
    return Window(first, last)


def _shock(value: object, path: Path) -> Shock:
    if not isinstance(value, Mapping) or "date" not in value:
        raise ConfigError(f"{path}: a shock is {value!r}.", expected='[[shocks]] with name = "…" and date = 2015-11-13')
    day = _day(value["date"], f"{path}: date of a shock")
    return Shock(str(value.get("name") or day), day)
