"""The door to all formats: by name, or found out from a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from worldstage.core.errors import ConfigError, InputError, unknown_name
from worldstage.core.plugins import load, names
from worldstage.exchange import acled, files, gdelt, icews, own, petrarch, plover_json, polecat, table, ucdp
from worldstage.exchange.detect import Found, Sample, as_found, matches, read_sample
from worldstage.exchange.mapping import Layout

_BUILT_IN = (
    icews.LAYOUT, *gdelt.LAYOUTS, polecat.LAYOUT, acled.LAYOUT, ucdp.LAYOUT, plover_json.LAYOUT, petrarch.LAYOUT,
    own.LAYOUT, own.PARQUET,
)  # fmt: skip
_HEADERLESS = (gdelt.without_header, ucdp.without_header, petrarch.without_header)
# Families that a user may name where the version is found out.
_FAMILIES = {"gdelt": "gdelt", "csv": "csv"}
# Below this share of its columns a header is not taken for a format's.
_SURE = 0.6


@cache
def layouts() -> Mapping[str, Layout]:
    """Name → layout: the built-in ones, and those of the entry points ``worldstage.formats``."""
    found = {layout.name: layout for layout in _BUILT_IN}
    for name in names("formats"):
        added = load("formats", name)
        if not isinstance(added, Layout):
            raise ConfigError(
                f"The plug-in {name!r} of worldstage.formats is of type {type(added).__name__}.",
                expected=f"a {Layout.__module__}.{Layout.__qualname__}",
            )
        found[added.name] = added
    return found


def format_names() -> tuple[str, ...]:
    """Names by which a user may ask for a format."""
    return (*_FAMILIES, *(n for n in layouts() if n not in _FAMILIES))


def find(
    path: Path,
    *,
    member: str | None = None,
    name: str | None = None,
    pairs: Mapping[str, str] | None = None,
    dataset: str | None = None,
) -> Found:
    """How a file is to be read.

    Parameters
    ----------
    name
        Format that the user names; found out, if not given.
    pairs
        Field → column, for a table of any kind.
    dataset
        What its events are to carry as ``dataset``.

    Raises
    ------
    InputError
        If it is in no format that we know, or not in the one named.
    UnknownNameError
        For an unknown name, or a column that the table has not.
    """
    if name is not None and name not in format_names():
        raise unknown_name("format", name, format_names())
    if member is None and files.packing(path) == "parquet":
        found = Found(own.PARQUET, tuple(own.COLUMNS), 0)
    else:
        sample = read_sample(path, member)
        if pairs is not None:
            columns = [c.strip() for c in sample.rows[0]]
            layout = table.layout(pairs, columns, dataset=dataset or path.name.partition(".")[0], path=str(path))
            return as_found(table.dated(layout, sample.rows), sample)
        found = _detected(sample, name)
    return replace(found, layout=replace(found.layout, dataset=dataset)) if dataset else found


def _detected(sample: Sample, name: str | None) -> Found:
    if _is_json(sample):
        return Found(plover_json.LAYOUT, plover_json.COLUMNS, 0)
    wanted = [
        x for x in layouts().values() if name is None or x.name == name or x.name.startswith(_FAMILIES.get(name, "\0"))
    ]
    scores = {layout.name: matches(layout, sample) for layout in wanted}
    best = max(scores, key=lambda n: scores[n], default=None)
    if best is not None and scores[best] >= (_SURE if name is None else 0.01):
        return as_found(replace(layouts()[best], header=True), sample)
    for rule in _HEADERLESS:
        layout = rule(sample)
        if layout is not None and (name is None or layout.name.startswith(_FAMILIES.get(name, name))):
            return as_found(layout, sample)
    seen = ", ".join(sample.rows[0][:8])
    raise InputError(
        f"{sample.path} is in no format that is known{f' as {name}' if name else ''}: {sample.width} columns, "
        f"beginning with {seen[:120]!r}.",
        expected="one of " + ", ".join(n for n in format_names() if n != "csv"),
        hint="`worldstage import csv FILE --map date=…,actor=…,recipient=…,event=…` reads any table with a header",
    )


def _is_json(sample: Sample) -> bool:
    first = sample.text.lstrip().splitlines()[0].strip() if sample.text.strip() else ""
    if not first.startswith(("{", "[")):
        return False
    try:
        value = json.loads(first)
    except json.JSONDecodeError:
        return first.startswith('{"')
    return isinstance(value, dict)
