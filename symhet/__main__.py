"""Run the command line with ``python -m symhet``."""

from symhet.cli import main

main(prog_name="symhet")
