"""The command line. Commands import what they need when they run, so that ``symhet --help`` answers at once."""

from __future__ import annotations

import gc
from typing import Any

import click

from symhet import __version__
from symhet.cli.calibrating import calibrate
from symhet.cli.checking import check, new
from symhet.cli.compiling import numeric
from symhet.cli.documents import derive, docs
from symhet.cli.exporting import export
from symhet.cli.listing import list_claims, show
from symhet.cli.plotting import plot
from symhet.cli.replaying import axioms, replay
from symhet.cli.reporting import report
from symhet.cli.selftesting import selftest
from symhet.cli.solving import solve, statics
from symhet.cli.streams import USER_ERROR, ending, in_lines
from symhet.cli.sweeping import sweep
from symhet.cli.verifying import verify
from symhet.errors import SymhetError

NEXT_STEPS = """\
symhet judges the claims of heterogeneous-firm trade papers: true, true under a
condition, or refuted by exact numbers.

Try next:

  symhet new model.toml       start a model of your own
  symhet check model.toml     judge its claims
  symhet list kz              every claim of Kleinert and Zorell as printed
  symhet show kz.eq12         one claim: print, derivation, verdict, evidence
  symhet verify kz            judge them all and print the table of verdicts
  symhet derive kz.appendix   read the appendix as it should have been printed
  symhet --help               all commands and options
"""

RENAMED = {"kernel": "numeric"}
"""Names that commands had in the last release."""


class Reporting(click.Group):
    """A group of commands that end in words and with a status of their own whatever a user meets."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with ending(ctx):
            return super().invoke(ctx)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command, or suggest the nearest; a name that a command had in the last release still leads to it."""
        from symhet.errors import UnknownName

        args = [RENAMED.get(args[0], args[0]), *args[1:]] if args else args
        name = args[0] if args else ""
        if name and not name.startswith("-") and self.get_command(ctx, name) is None:
            raise _UnknownCommand(UnknownName(name, self.list_commands(ctx), where="symhet COMMAND", noun="command"))
        return super().resolve_command(ctx, args)


class _UnknownCommand(click.ClickException):
    exit_code = USER_ERROR

    def __init__(self, error: SymhetError) -> None:
        super().__init__(in_lines(error))

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True)


@click.group(
    cls=Reporting,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nExample:\n  symhet verify kz.eq11 kz.eq12\n\nShell completion: put "
    'eval "$(_SYMHET_COMPLETE=bash_source symhet)" into ~/.bashrc (zsh_source, fish_source for other shells).',
)
@click.version_option(__version__, "--version", prog_name="symhet")
@click.option("-q", "--quiet", is_flag=True, help="Print results only: no progress, no hints.")
@click.pass_context
def main(context: click.Context, quiet: bool) -> None:
    """Derive heterogeneous-firm trade models from their primitives and judge every claim made about them.

    Exit status: 0 done (a refuted claim is a result); 1 something has no answer: a claim no verdict, a point no
    solution, a file no theorem that stands; 2 wrong use, or nowhere to write; 130 interrupted; 141 a closed pipe.
    """
    # Terms live long and hold no cycles: the collector looks rarely, or it takes a third of the time of a replay.
    gc.set_threshold(100_000, 20, 20)
    if context.invoked_subcommand is None and not quiet:
        click.echo(NEXT_STEPS, nl=False)


for command in (
    check,
    new,
    list_claims,
    show,
    verify,
    replay,
    axioms,
    selftest,
    derive,
    docs,
    solve,
    statics,
    calibrate,
    sweep,
    numeric,
    plot,
    export,
    report,
):
    main.add_command(command)
