"""Documents → events, statements and figures, as spaCy components and as a `Coder` over documents."""
