"""What the dossier shows of rhetoric."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldstage.core.errors import ConfigError
from worldstage.dossier.content import EchoLine, Mean, Quote, RhetoricLine, VoiceLine
from worldstage.study.rhetoric import rhetoric

if TYPE_CHECKING:
    from worldstage.strategy.echoes import Said
    from worldstage.strategy.rhetoric import Level, Voice
    from worldstage.study.case import Case
    from worldstage.study.rhetoric import Rhetoric


def rhetoric_line(case: Case) -> RhetoricLine | None:
    """Tone, firmness and echoes across the first shock; None where the case has no shock."""
    try:
        found = rhetoric(case)
    except ConfigError:
        return None
    echoes = [EchoLine(_quote(found, e.later), _quote(found, e.earlier), e.shared, e.likeness) for e in found.echoes]
    pointers = [
        EchoLine(_quote(found, p.said), _quote(found, p.earlier.earlier) if p.earlier else None, cue=p.cue)
        for p in found.pointers
    ]
    return RhetoricLine(
        (found.shock.name, found.shock.date), found.text,
        [_voice(found, v) for v in found.tone.speakers], [_voice(found, v) for v in found.tone.pairs],
        [_voice(found, v) for v in found.firmness.speakers], echoes, pointers, found.warnings,
    )  # fmt: skip


def _voice(found: Rhetoric, v: Voice) -> VoiceLine:
    target = found.names[v.target] if v.target else None
    return VoiceLine(
        found.names[v.speaker], target, _mean(v.whole), _mean(v.before) if v.before else None,
        _mean(v.now) if v.now else None, v.moved,
    )  # fmt: skip


def _mean(level: Level) -> Mean:
    return level.mean, level.low, level.high, level.n


def _quote(found: Rhetoric, s: Said) -> Quote:
    return Quote(found.names[s.speaker], s.date, s.sentence, s.document, s.record)
