"""Which language a text is in."""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol, cast

_SAMPLE = 2_000
_SURE, _LIKELY, _HARDLY = 0.9, 0.5, 0.01
_SHORT = 60
_CODE = re.compile(r"[a-z]{2}(?=$|[-_])")


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


@cache
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return cast(_Identifier, LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))


def language(text: str, *, declared: str | None = None) -> str:
    """ISO 639-1 code of the language of a text, judged by its first 2,000 characters.

    Parameters
    ----------
    declared
        What the source says; it decides where the text is too short or too mixed to be sure. Without it, an unsure
        text is taken as English.
    """
    sample = text[:_SAMPLE]
    said = _CODE.match((declared or "").strip().lower())
    fallback = said.group() if said else "en"
    # A short Latin-script text full of foreign names misleads the identifier; other scripts do not.
    if len(sample) < _SHORT and sample.isascii():
        return fallback
    ranked = _identifier().rank(sample)
    code, sureness = ranked[0]
    sure = sureness >= _SURE or (sureness >= _LIKELY and dict(ranked).get("en", 0) < _HARDLY)
    return str(code) if sure else fallback
