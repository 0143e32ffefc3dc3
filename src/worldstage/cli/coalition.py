"""`worldstage coalition`: who sides with whom, from tables alone or in a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from worldstage.cli.common import DATE, case_of, echo_csv, echo_json, echo_table, formats, plural, say

if TYPE_CHECKING:
    from worldstage.strategy.balance import Balance, Frustration
    from worldstage.strategy.coalition_tables import CoalitionTable
    from worldstage.strategy.landscape import Landscape
    from worldstage.strategy.stability import Stability
    from worldstage.strategy.turning import Turning
    from worldstage.study.coalitions import CaseCoalition

# Rows that a terminal shows of what may be long.
_SHOWN = 12
_EITHER = "Give either --sizes and --propensities, or --edges; or none of them in a case."
_FILE = click.Path(dir_okay=False)


@click.command()
@click.option("--sizes", type=_FILE, help="CSV with the columns actor, size.")
@click.option("--propensities", type=_FILE, help="CSV: a square table with the actors' names on both sides.")
@click.option("--edges", type=_FILE, help="CSV with the columns from, to, sign (+ or -, 1 or -1).")
@click.option("--blocs", type=click.IntRange(2), default=2, show_default=True, help="At most so many blocs.")
@click.option("--neutrals", is_flag=True, help="Actors may stand alone beside the blocs.")
@click.option(
    "--commitment",
    type=click.FloatRange(0),
    default=0.0,
    help="With --neutrals: what a bloc costs an actor, as a propensity against everyone.",
)
@click.option("--partition", metavar="'A,B|C,D'", help="Judge this division's stability, not the lowest one's.")
@click.option("--starts", type=click.IntRange(1), help="Follow so many random starts instead of listing all divisions.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of random starts and searches.")
@click.option("--limit", type=click.IntRange(0), default=10, show_default=True, help="How many turning points.")
@click.option(
    "--seconds", type=click.FloatRange(0.1), default=60.0, show_default=True, help="With --edges: time for the proof."
)
@click.option("--stretch", type=click.Choice(["before", "now"]), default="now", show_default=True, help="Of a case.")
@click.option("--actors", type=click.IntRange(1), metavar="N", help="Of a case: those in most events, beside parties.")
@click.option(
    "--weight", type=click.FloatRange(0, 1), help="Of a case: how much dealings count beside shared positions; 0.5."
)
@click.option("--shock", type=DATE, help="Of a case: the date that parts before and now; the first, if not given.")
@formats
@click.pass_context
def command(
    ctx: click.Context,
    /,
    sizes: str | None,
    propensities: str | None,
    edges: str | None,
    as_: str | None,
    seconds: float,
    stretch: str,
    actors: int | None,
    weight: float | None,
    shock: Any,
    **options: Any,
) -> None:
    """Find stable divisions into blocs, or how far a signed network is from balance.

    With --sizes and --propensities: landscape theory. All stable divisions, how many starts lead to each, who would
    leave, and which single change would make whom change sides. With --edges: the least number of ties that any
    division goes against, for two blocs and for any number, and the ties whose change would restore balance. With
    none of them: both for the case, from how its actors deal with each other and what they want.
    """
    if not (sizes or propensities or edges):
        given = {"actors": actors, "weight": weight, "shock": shock}
        _of_case(ctx, as_, seconds, options, stretch=stretch, **{k: v for k, v in given.items() if v is not None})
    elif edges and not (sizes or propensities):
        _balance(edges, as_, seconds, options["seed"])
    elif sizes and propensities and not edges:
        from worldstage.strategy.coalition_tables import read_table

        _landscape(read_table(sizes, propensities), as_, **options)
    else:
        raise click.UsageError(_EITHER)


def _of_case(ctx: click.Context, as_: str | None, seconds: float, options: dict[str, Any], **chosen: Any) -> None:
    from worldstage.core.errors import ConfigError
    from worldstage.strategy.affinity import TELLING
    from worldstage.strategy.balance import balance
    from worldstage.study.coalitions import case_coalition

    if ctx.find_root().obj is None:
        raise click.UsageError(_EITHER)
    try:
        case = case_of(ctx)
    except ConfigError as error:
        raise click.UsageError(f"{_EITHER} {error.message}") from None
    made = case_coalition(case, **chosen)
    found = balance(made.edges, seconds=seconds, seed=options["seed"]) if made.edges else None
    if as_ == "json":
        whole = _landscape(made.table, as_, **options, show=False)
        echo_json({**whole, "case": _case_json(made), "balance": None if found is None else _balance_json(found)})
        return
    if as_ is None:
        _tell_pairs(made)
    _landscape(made.table, as_, **options)
    if as_ is None and found is not None:
        click.echo(f"\nFriends and foes: ties of at least {TELLING:g} either way.")
        _tell_balance(found)


def _case_json(made: CaseCoalition) -> dict[str, Any]:
    a = made.affinity
    return {
        "shock": {"name": made.shock.name, "date": made.shock.date},
        "stretch": made.stretch,
        "weight": a.weight,
        "sizes": dict(zip(made.table.names, made.table.sizes.tolist(), strict=True)),
        "pairs": [
            {
                "a": one, "b": other, "propensity": _known(a.propensities[i, j]), "dealings": _known(a.dealings[i, j]),
                "wishes": _known(a.wishes[i, j]), "events": int(a.events[i, j]),
            }
            for i, one in enumerate(a.names)
            for j, other in enumerate(a.names[:i])
        ],
    }  # fmt: skip


def _known(value: float) -> float | None:
    return None if value != value else round(float(value), 4)


def _tell_pairs(made: CaseCoalition) -> None:
    pairs = [p for p in _case_json(made)["pairs"] if p["propensity"] is not None]
    pairs.sort(key=lambda p: (-abs(p["propensity"]), p["a"]))
    headings = {"a": "Actor", "b": "Actor", "propensity": "Propensity", "dealings": "Dealings", "wishes": "Wishes"}
    when = f"since {made.shock.name}" if made.stretch == "now" else f"before {made.shock.name}"
    title = f"The strongest propensities, -1 to 1, {when}"
    echo_table(headings | {"events": "Events"}, pairs[:_SHOWN], title=title)


def _landscape(
    table: CoalitionTable,
    as_: str | None,
    *,
    blocs: int,
    neutrals: bool,
    commitment: float,
    partition: str | None,
    starts: int | None,
    seed: int,
    limit: int,
    show: bool = True,
) -> dict[str, Any]:
    """The landscape as JSON, printed as asked for unless it is to be shown elsewhere."""
    from worldstage.strategy.coalition_tables import parse_blocs
    from worldstage.strategy.landscape import landscape
    from worldstage.strategy.stability import stability
    from worldstage.strategy.turning import turning_points

    given = parse_blocs(partition, table.names) if partition else None
    found = landscape(table, blocs=blocs, neutrals=neutrals, commitment=commitment, starts=starts, seed=seed)
    turns = turning_points(table, found, limit=limit)
    lowest = found.minima[0]
    judged = stability(
        table,
        given or (*lowest.blocs, *((name,) for name in lowest.neutrals)),
        blocs=blocs,
        neutrals=neutrals,
        commitment=commitment,
    )
    whole = _landscape_json(table, found, turns, judged)
    if as_ == "json" and show:
        echo_json(whole)
    elif as_ == "csv":
        echo_csv(["energy", "basin", "share", "actor", "bloc"], _minima_rows(found))
    elif as_ is None:
        _tell_landscape(found, turns, judged, given=given is not None)
    for warning in found.warnings:
        say(f"Note: {warning}")
    return whole


def _landscape_json(
    table: CoalitionTable, found: Landscape, turns: Sequence[Turning], judged: Stability
) -> dict[str, Any]:
    return {
        "method": found.method,
        "parameters": {
            "blocs": found.blocs,
            "neutrals": found.neutrals,
            "commitment": found.commitment,
            "starts": found.starts,
            "seed": found.seed,
        },
        "actors": list(table.names),
        "divisions": found.divisions,
        "exhaustive": found.exhaustive,
        "unseen": found.unseen,
        "minima": [
            {
                "energy": m.energy,
                "basin": m.basin,
                "share": m.share,
                "blocs": m.blocs,
                "neutrals": m.neutrals,
                "near_tie": m.near,
                "tied": m.tied,
            }
            for m in found.minima
        ],
        "turning_points": turns,
        "stability": {"blocs": judged.blocs, "standings": judged.standings, "leavers": judged.leavers}
        | {"pairs": judged.pairs},
        "free": found.free,
        "warnings": found.warnings,
    }


def _minima_rows(found: Landscape) -> list[dict[str, Any]]:
    """One row per stable division and actor; blocs counted from 1, the bloc of who stands alone empty."""
    rows = []
    for minimum in found.minima:
        places = [(name, k) for k, bloc in enumerate(minimum.blocs, 1) for name in bloc]
        for name, bloc in [*places, *((name, None) for name in minimum.neutrals)]:
            rows.append(
                {
                    "energy": minimum.energy,
                    "basin": minimum.basin,
                    "share": round(minimum.share, 6),
                    "actor": name,
                    "bloc": bloc,
                }
            )
    return rows


def _tell_landscape(found: Landscape, turns: Sequence[Turning], judged: Stability, *, given: bool) -> None:
    looked = f"all {found.divisions:,} divisions" if found.exhaustive else f"{found.starts:,} random starts"
    click.echo(f"{plural(len(found.minima), 'stable division')} among {looked}, the lowest first.\n")
    for number, minimum in enumerate(found.minima[:_SHOWN], 1):
        ties = ", nearly tied with the lowest" if minimum.near else ""
        click.echo(f"{number}. energy {minimum.energy:.6g}, reached from {minimum.share:.1%} of starts{ties}")
        for bloc in minimum.blocs:
            click.echo(f"   {', '.join(bloc)}")
        if minimum.neutrals:
            click.echo(f"   alone: {', '.join(minimum.neutrals)}")
        if minimum.tied:
            click.echo(f"   could as well stand elsewhere: {', '.join(minimum.tied)}")
    if len(found.minima) > _SHOWN:
        click.echo(f"… and {len(found.minima) - _SHOWN} more (--csv and --json give all).")
    which = "the division given" if given else "the lowest division"
    columns = {"actor": "actor", "bloc": "stands with", "share": "firmness, -1 to 1", "leaves": "would leave"}
    rows = [
        {
            "actor": s.actor,
            "bloc": ", ".join(n for n in judged.blocs[s.bloc] if n != s.actor) or "alone",
            "share": s.share,
            "leaves": "yes" if s.leaves else "no",
        }
        for s in judged.standings
    ]
    click.echo("")
    echo_table(columns, rows, title=f"Who would leave {which}, the shakiest first")
    for a, b, k in judged.pairs[:_SHOWN]:
        click.echo(f"{a} and {b} would gain by going together to {', '.join(judged.blocs[k])}.")
    _tell_turns(turns)


def _tell_turns(turns: Sequence[Turning]) -> None:
    for effect, title, end in (
        ("flips", "Single changes that would make someone leave the lowest division", "would change sides"),
        ("overtakes", "Single changes that would put another stable division lowest", "elsewhere in it"),
    ):
        chosen = [t for t in turns if t.effect == effect]
        click.echo(f"{title}, the nearest first:" if chosen else f"{title}: none within the table's range.")
        for turn in chosen:
            what = f"{turn.kind} of {' and '.join(turn.actors)} from {turn.value:.4g} past {turn.needed:.4g}"
            click.echo(f"  {what}: {', '.join(turn.flips)} {end}")


def _balance(edges: str, as_: str | None, seconds: float, seed: int) -> None:
    from worldstage.strategy.balance import balance
    from worldstage.strategy.coalition_tables import read_edges

    network = read_edges(edges)
    found = balance(network, seconds=seconds, seed=seed)
    if as_ == "json":
        echo_json(_balance_json(found))
    elif as_ == "csv":
        two, whole = _places(found.two), _places(found.any)
        rows = [{"actor": name, "two": two[name], "any": whole[name]} for name in network.names]
        echo_csv(["actor", "two", "any"], rows)
    else:
        _tell_balance(found)
    for warning in found.warnings:
        say(f"Note: {warning}")


def _places(found: Frustration) -> dict[str, int]:
    return {name: k for k, bloc in enumerate(found.blocs, 1) for name in bloc}


def _balance_json(found: Balance) -> dict[str, Any]:
    def part(f: Frustration) -> dict[str, Any]:
        return {
            "frustration": f.frustration,
            "optimal": f.optimal,
            "bound": f.bound,
            "gap": f.gap,
            "blocs": f.blocs,
            "frustrated": f.frustrated,
            "seconds": round(f.seconds, 3),
        }

    return {
        "method": found.method,
        "parameters": {"seconds": found.seconds, "seed": found.seed},
        "actors": found.actors,
        "positive": found.positive,
        "negative": found.negative,
        "two": part(found.two),
        "any": part(found.any),
        "restore": {"two": _restore(found.two), "any": _restore(found.any)},
        "triangles": {"all": found.triangles, "balanced": found.balanced_triangles},
        "walk_balance": found.walk_balance,
        "score": found.score,
        "warnings": found.warnings,
    }


def _restore(found: Frustration) -> list[dict[str, Any]]:
    """What to turn round, or drop, for balance."""
    return [{"from": a, "to": b, "sign": sign, "change_to": -sign} for a, b, sign in found.frustrated]


def _tell_balance(found: Balance) -> None:
    ties = found.positive + found.negative
    click.echo(f"{found.actors} actors, {plural(ties, 'tie')}: {found.positive} positive, {found.negative} negative.")
    if found.triangles:
        click.echo(
            f"{found.balanced_triangles} of {plural(found.triangles, 'triangle')} balanced; walk balance "
            f"{found.walk_balance:.3f}."
        )
    for title, part in (("Two blocs", found.two), ("Any number of blocs", found.any)):
        proof = "proved least" if part.optimal else f"at least {part.bound} needed, gap {part.gap}: time ran out"
        against = plural(part.frustration, "tie goes", "ties go")
        click.echo(f"\n{title}: {against} against the division ({proof}).")
        for bloc in part.blocs[:_SHOWN]:
            click.echo(f"   {', '.join(bloc)}")
        if len(part.blocs) > _SHOWN:
            click.echo(f"   … and {len(part.blocs) - _SHOWN} more")
        if part.frustrated:
            listed = [f"{a} {'+' if sign > 0 else '-'} {b}" for a, b, sign in part.frustrated]
            more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
            click.echo(f"   Balance returns if these change or end: {'; '.join(listed[:_SHOWN])}{more}")
