"""Day files of GDELT from its server or a mirror: politely, resumed where they broke off, checked by their md5."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldstage.core.errors import InputError, WindowError

if TYPE_CHECKING:
    import httpx

BASE = "http://data.gdeltproject.org"
# 1.0 has one file a day from April 2013 on; 2.0 has one per quarter of an hour from 18 February 2015 on.
FIRST = {1: dt.date(2013, 4, 1), 2: dt.date(2015, 2, 18)}
_MANIFEST = {1: "/events/md5sums", 2: "/gdeltv2/masterfilelist.txt"}
_NAME = re.compile(r"(?P<stamp>\d{8}(?:\d{6})?)\.(?P<kind>export|mentions)\.CSV\.zip", re.IGNORECASE)
_TRIES = 4
_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_LONGEST = 60.0
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as the manifest has it."""

    name: str
    address: str
    md5: str
    day: dt.date
    kind: str


@dataclass(frozen=True)
class Fetched:
    """What `fetch` did.

    Attributes
    ----------
    there
        Files that were whole already.
    failed
        Name → why it could not be had.
    gaps
        Days of which the manifest has fewer files than there should be, with how many it has.
    """

    folder: Path
    files: int
    there: int
    bytes: int
    failed: tuple[tuple[str, str], ...]
    gaps: tuple[tuple[dt.date, int], ...]


def fetch(
    first: dt.date,
    last: dt.date,
    folder: Path,
    *,
    version: int = 2,
    mentions: bool = False,
    base: str = BASE,
    pause: float = 0.5,
    progress: Progress = lambda _done, _total: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Download the files of the days from `first` to `last`, both included (days of UTC, as the file names have them).

    Parameters
    ----------
    version
        Of GDELT: 1 or 2.
    mentions
        Also the files of mentions (2.0 only).
    base
        Address of the server, or of a mirror with the same paths.
    pause
        Seconds between two requests.

    Raises
    ------
    InputError
        If the manifest cannot be had.
    WindowError
        For days before the first file.
    """
    import httpx

    if last < first:
        raise WindowError(f"--to ({last}) is before --from ({first}).")
    if last < FIRST[version]:
        raise WindowError(
            f"GDELT {version}.0 has no day files before {FIRST[version]}.", hint="--version 1 begins in April 2013"
        )
    folder.mkdir(parents=True, exist_ok=True)
    headers = {"User-Agent": "worldstage (event data for research; one request at a time)"}
    with httpx.Client(headers=headers, timeout=60, follow_redirects=True) as client:
        listed = _manifest(client, base.rstrip("/"), version, sleep)
        kinds = ("export", "mentions") if mentions and version == 2 else ("export",)
        wanted = sorted((f for f in listed if first <= f.day <= last and f.kind in kinds), key=lambda f: f.name)
        there = got = size = 0
        failed = []
        for number, file in enumerate(wanted):
            progress(number, len(wanted))
            target = folder / file.name
            if target.exists() and _md5(target) == file.md5:
                there += 1
                continue
            problem = _download(client, file, target, sleep)
            if problem:
                failed.append((file.name, problem))
            else:
                got += 1
                size += target.stat().st_size
            sleep(pause)
        progress(len(wanted), len(wanted))
    return Fetched(folder, got, there, size, tuple(failed), tuple(_gaps(wanted, first, last, version)))


def _manifest(client: httpx.Client, base: str, version: int, sleep: Callable[[float], None]) -> list[Listed]:
    address = base + _MANIFEST[version]
    response, problem = _get(client, address, sleep)
    if response is None:
        raise InputError(
            f"The list of GDELT's files cannot be had from {address}: {problem}.",
            hint="look whether the server answers in a browser, or name a mirror with --base",
        )
    out = []
    for line in response.text.splitlines():
        # 1.0: md5, name; 2.0: size, md5, address.
        parts = line.split()
        match = _NAME.search(parts[-1]) if len(parts) >= 2 else None
        if match is None:
            continue
        name = match[0]
        folder = "events" if version == 1 else "gdeltv2"
        try:
            day = dt.datetime.strptime(match["stamp"][:8], "%Y%m%d").replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
        # The manifest's addresses name the server itself: a mirror has the same paths.
        out.append(Listed(name, f"{base}/{folder}/{name}", parts[-2].lower(), day, match["kind"].lower()))
    if not out:
        raise InputError(f"{address} lists no files.", expected="lines with md5 and name", hint="check --base")
    return out


def _get(
    client: httpx.Client, address: str, sleep: Callable[[float], None], headers: dict[str, str] | None = None
) -> tuple[Any, str]:
    """The answer, or None and why; what may pass is tried again, after the pause that the server asks for."""
    import httpx

    problem = ""
    for attempt in range(_TRIES):
        wait = float(2**attempt)
        try:
            response = client.get(address, headers=headers)
        except httpx.HTTPError as error:
            problem = str(error) or type(error).__name__
        else:
            if response.status_code < 400:
                return response, ""
            problem = f"HTTP {response.status_code}"
            if response.status_code not in _AGAIN:
                return None, problem
            asked = response.headers.get("Retry-After", "")
            wait = min(float(asked), _LONGEST) if asked.isdigit() else wait
        if attempt < _TRIES - 1:
            sleep(wait)
    return None, problem


def _download(client: httpx.Client, file: Listed, target: Path, sleep: Callable[[float], None]) -> str:
    """Fetch one file, from where an earlier run broke off; returns what went wrong, or nothing."""
    import httpx

    part = target.with_name(target.name + ".part")
    problem = ""
    for attempt in range(_TRIES):
        have = part.stat().st_size if part.exists() else 0
        wait = float(2**attempt)
        try:
            with client.stream("GET", file.address, headers={"Range": f"bytes={have}-"} if have else {}) as response:
                status = response.status_code
                if status == 416 or (status < 400 and _take(response, part, have)):
                    if _md5(part) == file.md5:
                        part.replace(target)
                        return ""
                    # What is there is whole but wrong: the next attempt begins anew.
                    part.unlink()
                    problem = "its md5 is not the manifest's"
                else:
                    problem = f"HTTP {status}"
                    if status not in _AGAIN:
                        return problem
                    asked = response.headers.get("Retry-After", "")
                    wait = min(float(asked), _LONGEST) if asked.isdigit() else wait
        except httpx.HTTPError as error:
            problem = str(error) or type(error).__name__
        if attempt < _TRIES - 1:
            sleep(wait)
    return problem


def _take(response: httpx.Response, part: Path, have: int) -> bool:
    """Write the body; a server that does not resume sends the whole, which replaces what was there."""
    with part.open("ab" if response.status_code == 206 and have else "wb") as out:
        for block in response.iter_raw():
            out.write(block)
    return True


def _md5(path: Path) -> str:
    digest = hashlib.md5(usedforsecurity=False)
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _gaps(files: Sequence[Listed], first: dt.date, last: dt.date, version: int) -> Iterator[tuple[dt.date, int]]:
    """Days whose files are not all there; the day of today is not over."""
    full = 1 if version == 1 else 96
    counts: dict[dt.date, int] = {}
    for file in files:
        if file.kind == "export":
            counts[file.day] = counts.get(file.day, 0) + 1
    day = max(first, FIRST[version])
    today = dt.datetime.now(dt.UTC).date()
    while day <= min(last, today - dt.timedelta(days=1)):
        if counts.get(day, 0) < full:
            yield day, counts.get(day, 0)
        day += dt.timedelta(days=1)
