"""The event coder against whole documents that training never sees."""
