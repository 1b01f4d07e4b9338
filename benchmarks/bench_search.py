"""How much the search proves and refutes by itself: rates, work in steps, times; z3 beside it on polynomial facts.

The facts are the tables of ``tests/search``, the claims those of the model files in ``tests/cases`` with their expected
truths. Times are CPU time of one process.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from symhet.core.context import Context
from symhet.language import terms as t
from symhet.language.reading import Names
from symhet.language.statements import Op, Statement
from symhet.language.terms import Head, Term
from symhet.language.text import read_statement
from symhet.model import read_model
from symhet.model.world import understood
from symhet.search import decide, prove, refute

TESTS = Path(__file__).parents[1] / "tests"
WORDS = {"ln", "exp", "sqrt"}
Fact = tuple[Context, Statement]


def facts(name: str) -> Iterator[Fact]:
    """Yield the facts of a table of lines ``premises |- conclusion``."""
    for line in (TESTS / "search" / name).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        names = Names({name: t.symbol(name) for name in set(re.findall(r"[A-Za-z]\w*", line)) - WORDS})
        premises, goal = line.split("|-")
        given = [part for part in premises.split(",") if part.strip()]
        hypotheses = {f"premise {i}": read_statement(part, names) for i, part in enumerate(given)}
        yield Context(hypotheses), read_statement(goal, names)


def measured(run: Callable[..., Any], *args: object) -> tuple[Any, float]:
    """Return what a function returns and the CPU time it took."""
    start = time.process_time()
    return run(*args), time.process_time() - start


def report(title: str, results: list[tuple[bool, float, int]]) -> None:
    """Print the rate, median and largest time, and median work of one table."""
    right = sum(ok for ok, *_ in results)
    times, work = [seconds for _, seconds, _ in results], [steps for *_, steps in results]
    print(f"{title:34} {right:4} of {len(results):4}   median {1000 * median(times):8.1f} ms   "
          f"largest {max(times):6.2f} s   median work {median(work):6.0f}")  # fmt: skip


def bench_facts() -> None:
    """Measure the facts, and what does not follow."""
    prove(*next(facts("one_liners.txt")))
    results = []
    for context, goal in facts("one_liners.txt"):
        found, seconds = measured(prove, context, goal)
        results.append((found is not None, seconds, found.work if found else 0))
    report("facts proved", results)
    results = []
    for context, goal in facts("not_facts.txt"):
        found, seconds = measured(refute, context, goal)
        results.append((found is not None, seconds, 0))
    report("what does not follow, refuted", results)


def bench_cases() -> None:
    """Measure the claims of the model files against their expected truths."""
    tables: dict[str, list[tuple[bool, float, int]]] = {}
    wrong: Counter[str] = Counter()
    for path in sorted((TESTS / "cases").glob("*.toml")):
        world = understood(read_model(path))
        expected = json.loads(path.with_suffix("").with_suffix(".expected.json").read_text())["claims"]
        for name, claim in world.model.claims.items():
            said = world.said(claim)
            if said.undecided or name not in expected:
                continue
            truth = expected[name]["truth"]
            found, seconds = measured(decide, world.context(said), said.goal, said.hints)
            tables.setdefault(truth, []).append((found.truth == truth, seconds, found.work))
            wrong[truth] += found.truth != truth and found.truth not in ("open", "not-true")
    for truth, results in sorted(tables.items()):
        report(f"claims that are {truth}", results)
    print(f"{'claims given another truth':34} {sum(wrong.values()):4}")


def bench_z3() -> None:
    """Measure z3 on the facts without powers, logarithms and exponentials, for comparison."""
    results = []
    for context, goal in facts("one_liners.txt"):
        known = tuple(context.hypotheses.values())
        if not all(map(polynomial, (*known, goal))):
            continue
        found, seconds = measured(z3_proves, known, goal)
        if found is None:
            print("z3 is not installed: pip install 'symhet[smt]'")
            return
        results.append((found, seconds, 0))
    report("polynomial facts, z3", results)


def polynomial(statement: Statement) -> bool:
    """Tell whether a statement is a relation between quotients of polynomials."""
    beyond = (Head.POWER, Head.LOG, Head.EXP, Head.TAIL, Head.SURVIVAL, Head.DENSITY, Head.SUPPORT, Head.TOTAL)
    further = (Head.INTEGRAL, Head.INTEGRAL_FROM_ZERO, Head.UNSPECIFIED)
    return statement.is_relation and not statement.mentions(*beyond, *further)


def z3_proves(known: Iterable[Statement], goal: Statement) -> bool | None:
    """Tell whether z3 says within five seconds that a polynomial goal follows; None where it is not installed."""
    try:
        import z3
    except ImportError:
        return None
    statements = (*known, goal)
    solver = z3.Solver()
    solver.set("timeout", 5000)
    symbols = {leaf: z3.Real(leaf.args[0]) for p in statements for leaf in p.leaves}
    solver.add(*(x > 0 for leaf, x in symbols.items() if leaf.args[1]))
    solver.add(*(_relation(p, symbols) for p in statements[:-1]), z3.Not(_relation(goal, symbols)))
    return bool(solver.check() == z3.unsat)


def _relation(statement: Statement, symbols: dict[Term, Any]) -> Any:
    left, right = (_term(term, symbols) for term in statement.args)
    return {Op.EQUAL: left == right, Op.LESS: left < right, Op.AT_MOST: left <= right, Op.DIFFER: left != right}[
        statement.op
    ]


def _term(term: Term, symbols: dict[Term, Any]) -> Any:
    import z3

    if term.head is Head.NUMBER:
        return z3.RatVal(*term.args)
    if term in symbols:
        return symbols[term]
    parts = [_term(child, symbols) for child in term.children]
    if term.head is Head.SUM:
        return z3.Sum(parts)
    if term.head is Head.PRODUCT:
        return z3.Product(parts)
    power = z3.Product([parts[0]] * abs(term.args[1])) if term.args[1] else z3.RealVal(1)
    return power if term.args[1] >= 0 else 1 / power


if __name__ == "__main__":
    bench_facts()
    bench_z3()
    bench_cases()
