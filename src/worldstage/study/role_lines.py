"""What the dossier shows of an actor's role, of the attention to it, and of the exposure of states to a threat."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from worldstage.core.errors import WorldstageError
from worldstage.core.results import Result
from worldstage.dossier.content import AttentionLine, Mixture, RoleLine
from worldstage.reference.tables import state_names
from worldstage.study.attention import Attention, attention
from worldstage.study.exposure import exposure
from worldstage.study.roles import Roles, roles
from worldstage.study.roles_data import read_events

if TYPE_CHECKING:
    from worldstage.study.case import Case

# An armed group in fewer events than this is no threat that a dossier need speak of.
_LEAST_EVENTS = 5


def role_lines(case: Case) -> tuple[list[RoleLine], list[AttentionLine], list[Result], list[str]]:
    """Roles and attention across each shock, exposure to the main threat, and what could not be told."""
    made: list[RoleLine] = []
    about: list[AttentionLine] = []
    warnings: list[str] = []
    if case.settings.focus:
        events = read_events(case)
        for shock in case.settings.shocks:
            try:
                made.append(_role(case, roles(case, shock=shock.date, events=events)))
                about.append(_attention(attention(case, shock=shock.date)))
            except WorldstageError as error:
                warnings.append(f"{shock.name}, role: {error.message}")
    return made, about, _exposure(case, warnings), warnings


def _role(case: Case, found: Roles) -> RoleLine:
    name = case.directory.name_of
    return RoleLine(
        found.result,
        found.verdict,
        [(p.code, name(p.code), p.before, p.after) for p in found.partners],
        {key: None if codes is None else [name(c) for c in codes] for key, codes in found.blocs.items()},
    )


def _attention(found: Attention) -> AttentionLine:
    mixes = [Mixture(m.by, m.text, m.verdict, m.caption, m.rows) for m in found.mixes]
    return AttentionLine(str(found.parameters["shock_name"]), found.text, found.verdict, mixes, found.warnings)


def _exposure(case: Case, warnings: list[str]) -> list[Result]:
    threat = main_threat(case)
    if threat is None:
        return []
    try:
        return [exposure(case, threat=threat)]
    except WorldstageError as error:
        warnings.append(f"Exposure to {case.directory.name_of(threat)}: {error.message}")
        return []


def main_threat(case: Case) -> str | None:
    """The armed group that takes part in most attacks of a case; None where there is none to speak of."""
    import narwhals as nw

    states = state_names()
    with case.store() as store:
        attacks = store.frame("events").filter(
            (nw.col("type") == "ASSAULT") & (nw.col("status") == "occurred") & (nw.col("id") == nw.col("cluster"))
        )
        attacks = attacks.rename({"id": "event"}).select("event", "document")
        groups = store.frame("event_actors").filter((nw.col("sector") == "REB") & ~nw.col("code").is_null())
        found = attacks.join(groups.select("event", "document", "code").unique(), on=["event", "document"], how="inner")
        codes = found.select("code").collect().to_arrow()["code"].to_pylist()
    counts = Counter(c for c in codes if c not in states)
    best = min(counts, key=lambda c: (-counts[c], c), default=None)
    return best if best and counts[best] >= _LEAST_EVENTS else None
