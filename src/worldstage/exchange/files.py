"""Files of event data as parts of complete lines: plain, gzipped or zipped, however large."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from worldstage.core.errors import InputError

# Large enough that a part costs little on top of its rows, small enough that one part fits into memory with ease.
PART = 256 * 1024 * 1024
_SAMPLE = 1024 * 1024


@contextmanager
def opened(path: Path, member: str | None = None) -> Iterator[IO[bytes]]:
    """The unpacked bytes of a file, or of one member of an archive.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    try:
        if member is not None:
            with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
                yield stream
        elif packing(path) == "gzip":
            with gzip.open(path) as unpacked:
                yield cast(IO[bytes], unpacked)
        else:
            with path.open("rb") as stream:
                yield stream
    except (OSError, EOFError, zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError) as error:
        raise InputError(f"{path} cannot be read: {error}.", hint="fetch the file again; it may be cut off") from error


def packing(path: Path) -> str:
    """``zip``, ``gzip``, ``parquet`` or ``plain``, by the first bytes and not by the name."""
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    if start[:2] == b"\x1f\x8b":
        return "gzip"
    return {b"PK\x03\x04": "zip", b"PAR1": "parquet"}.get(start, "plain")


def members(path: Path) -> list[str | None]:
    """The members of an archive that hold data; one None for what is no archive."""
    if packing(path) != "zip":
        return [None]
    try:
        with zipfile.ZipFile(path) as archive:
            names = [n for n in archive.namelist() if not n.endswith("/") and not n.startswith(("__MACOSX", "."))]
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(f"{path} cannot be read: {error}.", hint="fetch the file again; it may be cut off") from error
    if not names:
        raise InputError(f"{path} is an archive with nothing in it.")
    return list(names)


def sample(path: Path, member: str | None = None) -> bytes:
    """The first megabyte, unpacked, cut after a line."""
    with opened(path, member) as stream:
        start = stream.read(_SAMPLE)
    return start if len(start) < _SAMPLE else start[: start.rfind(b"\n") + 1] or start


def size(path: Path, member: str | None = None) -> int:
    """Bytes that there are to read; of a gzipped file, a guess."""
    if member is not None:
        with zipfile.ZipFile(path) as archive:
            return archive.getinfo(member).file_size
    return path.stat().st_size * (5 if packing(path) == "gzip" else 1)


def parts(path: Path, folder: Path, *, member: str | None = None, quote: str = "", limit: int = PART) -> Iterator[Path]:
    """The file as one or several plain files of complete lines.

    Parameters
    ----------
    folder
        Where parts are written; each is deleted when the next is asked for. A plain file that is small is given as
        it is, and so is Parquet.
    quote
        Mark within which a line may break; a part never ends within a pair of them.
    limit
        Bytes of a part, about.
    """
    kind = packing(path)
    if member is None and (kind == "parquet" or (kind == "plain" and path.stat().st_size <= limit * 1.5)):
        yield path
        return
    target = folder / "part"
    with opened(path, member) as stream:
        rest = b""
        while True:
            block = stream.read(limit)
            data = rest + block
            if not block:
                if data:
                    yield _written(target, data)
                break
            end = _last_end(data, quote.encode())
            if end == 0 and len(data) < 4 * limit:
                rest = data
                continue
            end = end or len(data)
            yield _written(target, data[:end])
            rest = data[end:]
    target.unlink(missing_ok=True)


def joined(items: Sequence[tuple[Path, str | None]], target: Path, *, header: bool) -> list[tuple[int, str]]:
    """Write several small files, unpacked, into one; all but the first header are left out.

    Returns
    -------
    list of (int, str)
        Which of them could not be read, and why.
    """
    broken, begun = [], False
    with target.open("wb") as out:
        for number, (path, member) in enumerate(items):
            try:
                with opened(path, member) as stream:
                    data = stream.read()
            except InputError as error:
                broken.append((number, error.message))
                continue
            if header and begun:
                data = data[data.find(b"\n") + 1 :]
            out.write(data if data.endswith(b"\n") else data + b"\n")
            begun = True
    return broken


def _written(target: Path, data: bytes) -> Path:
    target.write_bytes(data)
    return target


def _last_end(data: bytes, quote: bytes) -> int:
    """The end of the last line that does not break within quotation marks; 0 if there is none.

    Where marks never pair off (a damaged file), the last line break is taken.
    """
    last = data.rfind(b"\n") + 1
    if not quote or not last:
        return last
    end, marks = last, data.count(quote, 0, last)
    for _ in range(2000):
        if marks % 2 == 0:
            return end
        before = data.rfind(b"\n", 0, end - 1) + 1
        if not before:
            break
        marks -= data.count(quote, before, end)
        end = before
    return last
