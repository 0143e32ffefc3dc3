"""Facts shipped with the package: states, leaders, groups, organisations, places, and the PLOVER ontology."""
