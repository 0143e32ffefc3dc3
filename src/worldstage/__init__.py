"""How does a shock shift an actor's role on the world stage? From articles to evidence, measures and a dossier.

The public names are loaded when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from worldstage.coding.classify import classify as classify
    from worldstage.coding.coder import Coder as Coder
    from worldstage.core.errors import WorldstageError as WorldstageError
    from worldstage.core.records import Actor as Actor
    from worldstage.core.records import Document as Document
    from worldstage.core.records import Event as Event
    from worldstage.core.records import Figure as Figure
    from worldstage.core.records import Statement as Statement
    from worldstage.study.case import Case as Case

__version__ = "0.1.0"

_WHERE = {
    "Actor": "core.records",
    "Case": "study.case",
    "Coder": "coding.coder",
    "Document": "core.records",
    "Event": "core.records",
    "Figure": "core.records",
    "Statement": "core.records",
    "WorldstageError": "core.errors",
    "classify": "coding.classify",
}
__all__ = ["__version__", *_WHERE]


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        import importlib

        return getattr(importlib.import_module(f"worldstage.{_WHERE[name]}"), name)
    raise AttributeError(f"module 'worldstage' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
