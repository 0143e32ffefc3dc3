"""``python -m worldstage``: the command line."""

from worldstage.cli.main import main

main()
