"""What the tests of reading share: bytes as a reader is given them, and a small PDF."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pytest

from worldstage.reading.raw import Draft, Raw, Reader


@pytest.fixture
def raw() -> Callable[..., Raw]:
    """Make a `Raw` of bytes or text."""

    def make(data: bytes | str, name: str = "", **options: object) -> Raw:
        data = data.encode() if isinstance(data, str) else data
        return Raw.make(name or "-", name, io.BytesIO(data), **options)  # type: ignore[arg-type]

    return make


@pytest.fixture
def draft(raw) -> Callable[..., Draft]:
    """Read bytes with one reader that gives exactly one draft."""

    def make(reader: Reader, data: bytes | str, name: str = "", **options: object) -> Draft:
        (found,) = reader.read(raw(data, name, **options))
        assert isinstance(found, Draft)
        return found

    return make


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    """Make a PDF: one page for each list of lines, or for each content stream given as bytes."""

    def make(*pages: list[str] | bytes) -> bytes:
        kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
        objects = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
        for at, page in enumerate(pages):
            content = page if isinstance(page, bytes) else _shown(page)
            packed = zlib.compress(content, 9)
            objects.append(
                b"<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>/MediaBox[0 0 600 800]>>"
                % (5 + 2 * at)
            )
            objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed))
        return _file(objects)

    return make


def _shown(lines: list[str]) -> bytes:
    safe = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines]
    return ("BT /F1 12 Tf 50 750 Td " + " 0 -14 Td ".join(f"({line}) Tj" for line in safe) + " ET").encode("latin-1")


def _file(objects: list[bytes]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + table + trailer
