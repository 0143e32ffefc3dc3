"""Registration of the component with spaCy; imported by spaCy through the entry point ``spacy_factories``."""

from __future__ import annotations

from spacy.language import Language

from worldstage.coding.component import WorldstageComponent
from worldstage.coding.extract import LEAST


@Language.factory(
    "worldstage",
    default_config={"least": LEAST},
    requires=["token.dep", "token.tag", "doc.ents"],
    assigns=["doc._.events", "doc._.statements", "doc._.figures"],
)
def create_component(nlp: Language, name: str, least: float) -> WorldstageComponent:
    """Make the component for a pipeline."""
    return WorldstageComponent(least=least)
