"""How much of two papers the search finds by itself: every statement in its own context, without the paper's tactics.

python benchmarks/bench_papers.py [--sample N | --all] [--kinds goals,theorems] [--split tuned] [--steps N]
                                  [--results FILE]

Answers are written to a file as they come, and a run that was stopped goes on where it was. Work is counted in steps; a
question that takes more than the bound on CPU time counts as not answered.
"""

from __future__ import annotations

import argparse
import json
import signal
import time
from collections import Counter
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

from bench_search import polynomial, z3_proves
from questions_of_papers import KINDS, Question, answered, questions, says_no_more

from symhet.search import decide, prove, refute

WORK = 6000
CPU = 10.0
"""Seconds of CPU time that one question may take."""
_ASKED: dict[str, Question] = {}


class OutOfTimeError(BaseException):
    """A question takes more CPU time than it may; no part of the search catches this."""


def ask(name: str, work: int, cpu: float) -> dict[str, Any]:
    """Put one question to the search; return what became of it."""
    question = _ASKED[name]
    start = time.process_time()
    signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, cpu, 0.5)
    steps, truth = 0, False
    try:
        truth, steps = _found(question, work)
    except OutOfTimeError:
        steps = -1
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    seconds = round(time.process_time() - start, 3)
    row = {"name": name, "kind": question.kind, "paper": question.paper, "split": question.split}
    return {**row, "found": truth, "seconds": seconds, "work": steps, "script": question.steps, "z3": _by_z3(question)}


def _stop(*_: object) -> None:
    raise OutOfTimeError


def _found(question: Question, work: int) -> tuple[bool, int]:
    """Tell whether the core accepts what the search found, and in how many steps it was found."""
    if question.kind == "counterexamples":
        found = refute(question.context, question.goal)
    elif question.kind == "conditions":
        decision = decide(question.context, question.goal, work=work)
        found = decision.condition
        return found is not None and (decision.exactly or says_no_more(found, question)), decision.work
    else:
        found = prove(question.context, question.goal, work=work)
    return found is not None and answered(question, found.theorem), found.work if found else work


def _by_z3(question: Question) -> bool | None:
    """Tell whether z3 says that a polynomial goal follows from the polynomial hypotheses; None for other goals."""
    if question.kind != "goals" or not polynomial(question.goal):
        return None
    return z3_proves(filter(polynomial, question.context.hypotheses.values()), question.goal)


def report(rows: list[dict[str, Any]]) -> None:
    """Print the rates over all, by paper and by split, and the times and work of what was found."""
    for kind in KINDS:
        mine = [row for row in rows if row["kind"] == kind]
        groups = {"all": mine}
        for field in ("paper", "split"):
            groups |= {value: [r for r in mine if r[field] == value] for value in sorted({r[field] for r in mine})}
        if kind == "theorems":
            groups["<= 5 steps"] = [row for row in mine if row["script"] <= 5]
        for title, group in groups.items():
            if group:
                print(_line(f"{kind}, {title}", group))
        known = [row for row in mine if row["z3"] is not None]
        if known:
            print(f"{'polynomial goals':28} {len(known):4}: z3 {sum(r['z3'] for r in known)}, "
                  f"the search {sum(r['found'] for r in known)}")  # fmt: skip


def _line(title: str, rows: list[dict[str, Any]]) -> str:
    found = [row for row in rows if row["found"]]
    times, work = sorted(row["seconds"] for row in rows), [row["work"] for row in found or rows]
    late = sum(row["work"] < 0 for row in rows)
    rate = f"{title:28} {len(found):4} of {len(rows):4} ({len(found) / len(rows):5.1%})"
    spent = (
        f"CPU median {median(times):5.2f} s, largest {times[-1]:4.1f} s, sum {sum(times):5.0f} s, out of time {late}"
    )
    return f"{rate}   {spent}   median work {median(work):.0f}"


def chosen(options: argparse.Namespace) -> list[Question]:
    """Return the questions that were asked for: of each kind and split the first by digest."""
    kinds, splits = options.kinds.split(","), options.split.split(",")
    taken: Counter[tuple[str, str]] = Counter()
    found = []
    for question in questions():
        place = (question.kind, question.split)
        if question.kind not in kinds or question.split not in splits or question.steps > options.steps:
            continue
        if options.all or taken[place] < options.sample:
            taken[place] += 1
            found.append(question)
    return found


def main() -> None:
    """Ask, keep the answers, and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=20, help="questions of each kind and split")
    parser.add_argument("--all", action="store_true", help="every question")
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--split", default="tuned,unseen")
    parser.add_argument("--steps", type=int, default=10**6, help="steps that a paper's own script takes at most")
    parser.add_argument("--work", type=int, default=WORK, help="steps that a search may take")
    parser.add_argument("--cpu", type=float, default=CPU, help="seconds of CPU time that a question may take")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--results", type=Path, help="file of answers, one a line; those in it are not asked again")
    options = parser.parse_args()
    asked = chosen(options)
    names = {question.name for question in asked}
    _ASKED.update((question.name, question) for question in asked)
    lines = options.results.read_text().splitlines() if options.results and options.results.exists() else []
    rows = [row for row in map(json.loads, lines) if row["name"] in names]
    known = {row["name"] for row in rows}
    # Loaded once, before the processes part, so that no question pays for it.
    import_module("scipy.optimize")
    with get_context("fork").Pool(options.jobs, maxtasksperchild=25) as pool:
        waiting = [
            pool.apply_async(ask, (question.name, options.work, options.cpu))
            for question in asked
            if question.name not in known
        ]
        for answer in waiting:
            rows.append(answer.get())
            if options.results:
                with options.results.open("a") as file:
                    file.write(json.dumps(rows[-1]) + "\n")
    report(rows)


if __name__ == "__main__":
    main()
