"""Documentation; `generate` writes the reference pages from the code."""
