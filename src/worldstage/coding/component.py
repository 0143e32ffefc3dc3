"""The coder as a spaCy component: ``nlp.add_pipe("worldstage")`` sets ``doc._.events`` and its companions."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from worldstage.coding.extract import LEAST

if TYPE_CHECKING:
    from spacy.tokens import Doc

_EXTENSIONS = ("events", "statements", "figures")


class WorldstageComponent:
    """Codes each `Doc` that passes: who did what to whom, what was said, which numbers were given.

    Parameters
    ----------
    least
        Events less certain than this are left out.

    Notes
    -----
    Needs a tagger, a dependency parser and entities before it in the pipeline. Relative dates (*on Tuesday*) are
    resolved against ``doc.user_data["published"]``, a date or its ISO form, where that is set.
    """

    def __init__(self, *, least: float = LEAST) -> None:
        from spacy.tokens import Doc

        from worldstage.coding.coder import Coder

        for name in _EXTENSIONS:
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=())
        self._coder = Coder(least=least)

    def __call__(self, doc: Doc) -> Doc:
        """Set the extensions of one document."""
        from worldstage.core.records import Document

        published: Any = doc.user_data.get("published")
        if isinstance(published, str):
            published = dt.date.fromisoformat(published)
        coding = self._coder.code_parsed(doc, Document.make(doc.text, published=published))
        doc._.events, doc._.statements, doc._.figures = coding.events, coding.statements, coding.figures
        return doc
