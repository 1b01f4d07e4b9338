"""``symhet numeric``, which was ``symhet kernel``."""

from __future__ import annotations

import click

from symhet.cli.options import check_output, complete_claims, write_output

BACKENDS = ("numpy", "numba", "jax", "c")


@click.command(
    epilog="\b\nExamples:\n  symhet numeric kz.eq14\n  symhet numeric bo.eq9 --backend c -o eq9.c\n"
    "  symhet numeric bo.eq9 --output a_D --output n_w --backend numba"
)
@click.argument("claim", metavar="ID", shell_complete=complete_claims)
@click.option("--backend", type=click.Choice(BACKENDS), default="numpy", show_default=True)
@click.option("--output", "outputs", multiple=True, metavar="NAME", help="Only this result; repeat for more.")
@click.option("--gradient", "by", multiple=True, metavar="NAME", help="Derivatives by this input; repeat for more.")
@click.option("--printed", is_flag=True, help="The formulas as printed, even where they are refuted.")
@click.option("-o", "target", default="-", metavar="FILE", help="Write there instead of standard output.")
def numeric(
    claim: str, backend: str, outputs: tuple[str, ...], by: tuple[str, ...], printed: bool, target: str
) -> None:
    """Print the formulas that claim ID concludes as a stand-alone module, in Python or C."""
    check_output(target, "-o")
    from symhet.workbench import numeric as compiled

    function = compiled(claim, outputs, printed=printed)
    write_output(target, (function.gradient(*by) if by else function).source(backend), "-o")
