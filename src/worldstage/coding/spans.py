"""Where the sentences of a record begin and end, when the parser runs over the end of a paragraph.

A headline without a full stop, or a quotation mark at the end of a paragraph, often lands in the next sentence of the
parse. What stands in another paragraph is cut off here.
"""

from __future__ import annotations

from functools import lru_cache

from worldstage.coding.view import View

# A text with a line longer than this is not wrapped at the margin: every line of it is a paragraph.
_MARGIN = 120
_ENDS = frozenset('.!?:”"’»…')


@lru_cache(maxsize=2)
def unwrapped(text: str) -> bool:
    """Whether each line of a text is a paragraph of its own."""
    return any(len(line) > _MARGIN for line in text.split("\n"))


def is_break(view: View, k: int) -> bool:
    """Whether token `k` is the white space between two paragraphs."""
    text = view.text[k]
    if "\n" not in text or not text.isspace():
        return False
    return text.count("\n") > 1 or view.text[k - 1][-1:] in _ENDS or unwrapped(view.raw)


def together(view: View, a: int, b: int) -> bool:
    """Whether tokens `a` and `b` stand in one paragraph."""
    first, last = min(a, b), max(a, b)
    if "\n" not in view.raw[view.start[first] : view.end[last]]:
        return True
    return not any(is_break(view, k) for k in range(first, last))


def clip(view: View, left: int, right: int, at: int) -> tuple[int, int]:
    """The part of the half-open token range that stands in the paragraph of token `at`."""
    if "\n" not in view.raw[view.start[left] : view.end[right - 1]]:
        return left, right
    for k in range(left, right):
        if is_break(view, k):
            if k >= at:
                return left, k
            left = k + 1
    return left, right


def sentences(view: View, first: int, last: int) -> tuple[int, int]:
    """The half-open character span of the sentences of tokens `first` to `last`, both included."""
    left, right = view.sents[view.sent[first]][0], view.sents[view.sent[last]][1]
    left = clip(view, left, first + 1, first)[0]
    right = clip(view, last, right, last)[1]
    while left < first and (not view.text[left].strip() or _closes(view, left)):
        left += 1
    while right > last + 1 and not view.text[right - 1].strip():
        right -= 1
    return view.start[left], view.end[right - 1]


def _closes(view: View, k: int) -> bool:
    """Whether a mark at the beginning of a sentence belongs to the one before."""
    return view.text[k] in ("”", "’", "»", "''", ")") or (
        view.text[k] in ('"', "'") and k + 1 < len(view) and view.start[k + 1] > view.end[k]
    )
