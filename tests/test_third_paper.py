"""A paper that another package brings is listed, judged, solved, printed and exported, and symhet stays as it is."""

import ast
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import symhet
from symhet import catalogue, papers
from symhet.cli import main

ROOMS = Path(symhet.__file__).parent / "papers"

PAPER = r'''
"""A toy: monopolistic competition with a linear cost, in one module."""

import dataclasses

import numpy as np
import sympy as sp

import symhet
from symhet.claims import Ledger, proved
from symhet.domain import Assumption, Chart, Parameter
from symhet.numerics.models import SolvableModel
from symhet.numerics.quantities import Quantity
from symhet.propositions import eq, gt
from symhet.provers.tactics import chart, identity, sign
from symhet.render.planning import PaperPlan, Plan, Plot, section
from symhet.context import Context

sigma, cost, price, spare = sp.symbols("sigma c p s", positive=True)
PARAMETERS = (
    Parameter(sigma, r"\varsigma", "elasticity of demand"),
    Parameter(cost, "c", "marginal cost", "workers"),
)
VARIABLES = (Parameter(price, "p", "price", "workers"),)
CHART = Chart({sigma: 1 + spare, cost: cost}, {spare: sigma - 1, cost: cost})
ELASTIC = Assumption("sigma>1", gt(sigma, 1), "demand is elastic")


def markup():
    d = symhet.Derivation(Context({"sigma>1": ELASTIC.relation, "price": eq(price, sigma * cost / (sigma - 1))}))
    d.recall("price", "A monopolist charges")
    return proved(d, eq(price, sigma / (sigma - 1) * cost), identity("price"), "The price is a mark-up over cost:")


def above_cost():
    d = symhet.Derivation(Context({"sigma>1": ELASTIC.relation}))
    elastic = chart({spare: sigma - 1}, {sigma: 1 + spare}, sign())
    return proved(d, gt(sigma / (sigma - 1) * cost, cost), elastic, "The mark-up exceeds one:")


CLAIMS = (
    symhet.Claim("toy.eq1", "derived", "A toy, eq. (1)", r"p = \frac{\varsigma}{\varsigma-1} c", markup, title="price"),
    symhet.Claim("toy.R", "result", "A toy, section 2", r"\text{prices exceed cost}", above_cost, title="mark-up"),
)


@dataclasses.dataclass(frozen=True)
class Solution:
    p: object

    def as_dict(self):
        return {"p": np.asarray(self.p).tolist()}


def solve(*, check=True, sigma=4.0, c=1.0):
    return Solution(np.asarray(sigma, dtype=float) / (np.asarray(sigma, dtype=float) - 1) * c)


def draw():
    from matplotlib.figure import Figure

    figure = Figure()
    figure.add_subplot().plot([0, 1], [0, 1])
    return figure


class Toy(symhet.Paper):
    key = "toy"

    def ledger(self):
        return Ledger("toy", "A. Author, A toy", CLAIMS)

    def vocabulary(self):
        return symhet.Vocabulary(PARAMETERS, VARIABLES, domain=symhet.Domain("toy", PARAMETERS, (ELASTIC,), CHART))

    def model(self):
        return SolvableModel(
            "toy", "A. Author", {"sigma": 4.0, "c": 1.0}, ("p",), (),
            {"p": Quantity("p", "price", "workers"), "sigma": Quantity("s", "elasticity"), "c": Quantity("c", "cost")},
            solve,
        )

    def plan(self):
        return PaperPlan("", (Plan("all", "all", "The toy", "All of it.", (section("toy", "Prices", "eq1 R"),)),))

    def figures(self):
        return {"line": Plot(draw, "A line.", "eq1")}

    def functions(self):
        return {"toy_mark_up": lambda sigma: sigma / (sigma - 1)}


PAPER = Toy()
'''
METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: 0.1\n"


def install(folder: Path, name: str, entries: str) -> None:
    """Lay a package's metadata into a folder, as an installer does."""
    info = folder / f"{name.replace('-', '_')}-0.1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(METADATA.format(name=name), "utf-8")
    (info / "entry_points.txt").write_text(f"[{catalogue.GROUP}]\n{entries}\n", "utf-8")


@pytest.fixture
def toy(tmp_path, monkeypatch):
    """Put a package with one paper on the path."""
    (tmp_path / "toy_paper.py").write_text(PAPER, "utf-8")
    install(tmp_path, "toy-paper", "toy = toy_paper:PAPER")
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def said(*arguments: str) -> str:
    """Run the command line in this process and return what it prints."""
    found = CliRunner().invoke(main, [*arguments], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.output


def test_it_is_listed_after_ours_and_its_claims_are_found(toy):
    assert papers.keys() == ("kz", "bo", "toy")
    assert papers.ledger("toy").find("toy.R").title == "mark-up"
    assert "toy.eq1" in said("list", "toy")


def test_it_is_judged_and_told(toy):
    assert symhet.judge(papers.ledger("toy").find("toy.R")).finding.verdict == symhet.Verdict.PROVED
    assert r"\varsigma" in symhet.explain("toy.eq1").text
    assert "2 proved" in " ".join(said("verify", "toy").split())


def test_it_is_solved_swept_calibrated_and_compiled(toy):
    assert symhet.solve("toy", sigma=3.0).p == 1.5
    assert '"p": 2.0' in said("solve", "toy", "--set", "sigma=2", "--json", "-")
    swept = symhet.sweep("toy", over={"sigma": [2.0, 3.0]}, outputs=["p"])
    assert swept["p"].values.tolist() == [2.0, 1.5]
    assert swept["p"].attrs["units"] == "workers"
    fit = symhet.calibrate("toy", moments={"p": 1.5}, free=["sigma"])
    assert fit.parameters["sigma"] == pytest.approx(3.0)
    assert symhet.numeric("toy.eq1")(sigma=np.array([2.0, 3.0]), c=1.0)["p"].tolist() == [2.0, 1.5]
    assert symhet.numerics.toy_mark_up(2.0) == 2.0


def test_it_is_printed_exported_and_drawn(toy, tmp_path):
    assert "A monopolist charges" in said("derive", "toy.eq1")
    assert "## Prices" in said("derive", "toy", "--full")
    assert r"\varsigma" in said("export", "latex", "toy.eq1")
    assert "demand is elastic" in said("export", "tables", "toy", "--only", "assumptions")
    assert "toy-line" in said("plot")
    said("plot", "toy-line", "-o", str(tmp_path / "line.svg"))
    assert (tmp_path / "line.svg").stat().st_size > 0


def test_no_file_of_symhet_is_written_for_it(toy):
    def files():
        found = (path for path in ROOMS.parent.rglob("*") if path.is_file() and path.suffix != ".pyc")
        return {path: path.read_bytes() for path in found}

    before = files()
    said("verify", "toy", "--anew")
    said("derive", "toy", "--full")
    assert files() == before


def test_without_it_there_are_ours_alone():
    assert papers.keys() == ("kz", "bo")
    with pytest.raises(symhet.errors.UnknownModel):
        papers.ledger("toy")


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("lost = no_such_module:PAPER", "No module named 'no_such_module'"),
        ("lost = toy_paper:NOTHING", "no attribute 'NOTHING'"),
        ("lost = toy_paper:PAPER", "its key is 'toy'"),
        ("lost = toy_paper:CLAIMS", "it is a tuple"),
    ],
)
def test_a_paper_that_cannot_be_loaded_is_named(toy, monkeypatch, entry, why):
    folder = toy / "more"
    install(folder, "lost-paper", entry)
    monkeypatch.syspath_prepend(str(folder))
    with pytest.raises(catalogue.BrokenPaper, match=why) as raised:
        papers.keys()
    assert "pip uninstall lost-paper" in raised.value.fix


def test_two_papers_of_one_key_are_refused(toy, monkeypatch):
    folder = toy / "more"
    install(folder, "rival", "kz = toy_paper:PAPER")
    monkeypatch.syspath_prepend(str(folder))
    with pytest.raises(catalogue.BrokenPaper, match="brings a paper of the same key"):
        papers.keys()


def test_stale_metadata_of_symhet_says_what_to_type(tmp_path, monkeypatch):
    install(tmp_path, "symhet", "")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    with pytest.raises(catalogue.NoPapers) as raised:
        catalogue.find_paper("kz")
    assert "pip install" in raised.value.fix


@pytest.mark.parametrize("path", sorted(ROOMS.rglob("*.py")), ids=lambda path: path.relative_to(ROOMS).as_posix())
def test_our_papers_use_public_names_only(path):
    tree = ast.parse(path.read_text("utf-8"))
    taken = [alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names]
    touched = [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and not (isinstance(node.value, ast.Name) and node.value.id == "self")
    ]
    assert [name for name in (*taken, *touched) if name.startswith("_") and not name.startswith("__")] == []
