"""The coder: documents in, codings out, streaming, on one core or several."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from worldstage.coding.assemble import Assembler
from worldstage.coding.casualties import find_tolls
from worldstage.coding.contexts import ContextFinder
from worldstage.coding.dates import find_dates
from worldstage.coding.extract import LEAST, Extractor
from worldstage.coding.figures import find_figures
from worldstage.coding.mentions import Mention as Named
from worldstage.coding.mentions import MentionFinder
from worldstage.coding.model import Bundle, shipped
from worldstage.coding.places import PlaceFinder
from worldstage.coding.reader import shipped as reading
from worldstage.coding.statements import find_statements
from worldstage.coding.townspeople import settled
from worldstage.coding.view import View
from worldstage.core.records import Coding, Document, Mention

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from worldstage.reference.actors import Directory

# The same as `worldstage.__version__`, which may not be imported from below.
VERSION = "0.1.0"
_BATCH = 32


class Coder:
    """Codes documents.

    Parameters
    ----------
    directory
        Who is who; the package's own where none is given.
    bundle
        The models; the package's own where none is given.
    parser
        Name of the installed spaCy pipeline to parse with.
    least
        Events less certain than this are left out.
    fast
        Leave out the reader of whole sentences: a quarter of the time, and less often right.
    """

    def __init__(
        self,
        *,
        directory: Directory | None = None,
        bundle: Bundle | None = None,
        parser: str = "en_core_web_sm",
        least: float = LEAST,
        fast: bool = False,
    ) -> None:
        from worldstage.reference import actors

        self.directory = directory or actors.default()
        self.bundle = bundle or shipped()
        self.parser = parser
        reader = None if fast else reading()
        self.version = f"worldstage {VERSION} / {self.bundle.about['name']}" + (f" / {reader.name}" if reader else "")
        self._mentions = MentionFinder(self.directory)
        self._extractor = Extractor(self.bundle, least=least, reader=reader)
        self._assembler = Assembler(self.directory, self.version)
        self._places = PlaceFinder(self.directory)
        self._contexts = ContextFinder()

    @cached_property
    def nlp(self) -> Language:
        """The parser, loaded at first use."""
        from worldstage.coding.parser import load_parser

        return load_parser(self.parser)

    def code(self, documents: Iterable[Document], *, workers: int = 1) -> Iterator[Coding]:
        """Code documents, in their order; memory does not grow with their number.

        Parameters
        ----------
        workers
            Processes to use. With more than one, each loads the models once.
        """
        if workers > 1:
            from worldstage.coding.parallel import code_parallel

            yield from code_parallel(self, documents, workers)
            return
        pairs = ((document.text, document) for document in documents)
        for doc, document in self.nlp.pipe(pairs, as_tuples=True, batch_size=_BATCH):
            yield self.code_parsed(doc, document)

    def code_parsed(self, doc: Doc, document: Document) -> Coding:
        """Code one document whose text spaCy has parsed."""
        view = View(doc)
        day: dt.date | None = document.published
        mentions = self._mentions.find(view, day)
        places = self._places.find(view, mentions)
        mentions = settled(view, mentions, places, self.directory)
        told = self._extractor.told(view, mentions)
        whens = find_dates(view, day)
        events = self._assembler.events(
            view, document, told, mentions=mentions, whens=whens, places=places,
            tolls=find_tolls(view), contexts=self._contexts.find(view),
        )  # fmt: skip
        statements = find_statements(view, document, mentions, events=events, whens=whens)
        figures = find_figures(view, document, mentions, whens=whens)
        return Coding(document.id, tuple(events), tuple(statements), tuple(figures), tuple(_counted(mentions)))


def _counted(mentions: Iterable[Named]) -> Iterator[Mention]:
    """Names of a document with what they resolved to, each once, with how often it was met."""
    counts: Counter[tuple[str, str | None]] = Counter()
    reasons: dict[tuple[str, str | None], str] = {}
    for m in mentions:
        if m.kind == "pronoun":
            continue
        for actor in m.actors:
            key = (actor.text or actor.name, actor.code)
            counts[key] += 1
            reasons.setdefault(key, m.reason)
    for (name, code), count in counts.items():
        yield Mention(name, code, count, reasons[name, code])
