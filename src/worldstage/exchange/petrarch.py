"""PETRARCH and PETRARCH2: what the coders of the Open Event Data Alliance write."""

from __future__ import annotations

import re
from dataclasses import replace

from worldstage.exchange import events, sectors
from worldstage.exchange.detect import Sample
from worldstage.exchange.gdelt import party as gdelt_party
from worldstage.exchange.mapping import Layout, Span, Values, always
from worldstage.exchange.parties import Resolver

_HEAD = ("date", "source", "target", "code", "issues", "ids")
_TAIL = ("actortext_src", "actortext_tgt", "eventtext", "actorroot_src", "actorroot_tgt")
COLUMNS = (*_HEAD, "story_source", *_TAIL)
_DAY = re.compile(r"(?:19|20)\d\d-?\d\d-?\d\d")
_CODE = re.compile(r"\d{2,4}")
_ACTOR = re.compile(r"[A-Z~*]{3}[A-Z0-9~*]*|---|")
_ADDRESS = re.compile(r"https?://")


def party(resolver: Resolver, values: Values) -> list[Span]:
    """An actor's code: three letters each of country or group, then roles."""
    code = values[0].strip()
    if not code or set(code) <= {"-", "~"}:
        return always()
    chunks = [code[i : i + 3] for i in range(0, len(code), 3)]
    roles = [c for c in chunks if c in sectors.CAMEO_ROLES][:3]
    head = "" if chunks[0] in sectors.CAMEO_ROLES else chunks[0]
    country = head if resolver.coded("cameo", head) or resolver.coded("iso3", head) else ""
    if not head:
        return always(resolver.unknown(code, sectors.by_roles(tuple(roles))))
    roles = [*roles, "", "", ""][:3]
    return gdelt_party(resolver, ("" if country else code, country, "" if country else head, *roles))


LAYOUT = Layout(
    name="petrarch",
    title="PETRARCH",
    dataset="PETRARCH",
    columns=COLUMNS,
    header=False,
    delimiter="\t",
    quote="",
    date="date",
    date_styles=("%Y%m%d", "%Y-%m-%d"),
    kind_from=("code",),
    kind=events.from_cameo,
    actor_from=("source",),
    recipient_from=("target",),
    parties=party,
    fields={"publisher": "story_source", "text": "eventtext"},
    missing=("---",),
    cite="Coded with PETRARCH (Open Event Data Alliance); cite also the corpus that was coded.",
)


def without_header(sample: Sample) -> Layout | None:
    """PETRARCH's files have no header: known by a day, two actors' codes and a CAMEO code in a row.

    The line may begin with an id of its own (Universal Petrarch) and may hold an address before the story's source.
    """
    if sample.delimiter != "\t" or sample.width < 6:
        return None
    rows = [r for r in sample.rows if len(r) == sample.width]
    for first in (0, 1):
        if sample.width < first + 6 or not rows:
            continue
        if all(_DAY.fullmatch(r[first]) and _CODE.fullmatch(r[first + 3]) and _ACTOR.fullmatch(r[first + 1])
               for r in rows[:20]):  # fmt: skip
            lead = ("id",) if first else ()
            rest = sample.width - first - len(_HEAD)
            url = ("url",) if rest and any(_ADDRESS.match(r[first + 6]) for r in rows) else ()
            names = (*lead, *_HEAD, *url, "story_source", *_TAIL)[: sample.width]
            fields = dict(LAYOUT.fields) | ({"text": "url"} if url else {})
            extra = tuple(f"extra {i}" for i in range(sample.width - len(names)))
            return replace(LAYOUT, columns=(*names, *extra), fields=fields)
    return None
