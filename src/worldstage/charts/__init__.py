"""Data → one chart specification, rendered to SVG or to an interactive view."""
