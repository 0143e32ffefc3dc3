"""The study of one case: the only place that knows all stages."""

from worldstage.study.case import Case

__all__ = ["Case"]
