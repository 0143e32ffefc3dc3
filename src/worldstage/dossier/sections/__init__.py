"""The built-in sections of the dossier: one file each, registered as entry points of ``worldstage.sections``."""
