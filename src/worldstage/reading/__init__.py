"""Files, pages and feeds → documents: one file per format, found by content first and by ending second."""

from worldstage.reading.sources import read

__all__ = ["read"]
