"""Lemma instances that are proved only when they help: a combination is looked for with what they would say.

Tangents at quotients of the parts of a goal are tried first, then all instances that its terms suggest. Those which the
combination uses are proved, each with a bounded part of the work; a tangent that may touch is used weakly, and
what is not proved is left out of the next attempt.
"""

from __future__ import annotations

from dataclasses import dataclass

from symhet.core import corollaries, derived, records
from symhet.core.records import Choose, Hypothesis, Proof
from symhet.language import terms as t
from symhet.language.statements import Op, Statement, either, eq, le, lt
from symhet.language.terms import Head, Term
from symhet.search.algebra import NoTermError
from symhet.search.branch import Branch
from symhet.search.building import over, subterms, times
from symhet.search.curvature import Candidate, of_parts
from symhet.search.fingerprints import same
from symhet.search.instances import candidates, of_shares
from symhet.search.signs import Fact, combined, known_facts
from symhet.search.work import Stuck

MAX_PROPOSED = 26
MAX_ROUNDS = 6
MAX_LOGARITHMS = 5
TANGENTS = ("bernoulli_above", "bernoulli_below", "bernoulli_negative", "log_below_tangent", "exp_above_tangent")
PREMISE = 120
"""Steps that a premise may take at least."""


@dataclass(frozen=True)
class Proposal:
    """An instance of a lemma whose conclusion may help: its premises are proved only when it does."""

    name: str
    arguments: tuple[Term, ...]
    premises: tuple[Statement, ...]
    conclusion: Statement

    @property
    def key(self) -> str:
        """A name that no hypothesis has."""
        return f"{self.name} of {self.arguments!r}"

    def fact(self) -> Fact:
        """Return what it says, as if it were proved."""
        return Fact(self.key, self.conclusion.op is Op.LESS, self.conclusion.gap)


def by_proposals(branch: Branch, goal: Statement) -> Proof:
    """A combination of known inequalities and of lemma instances that the goal's terms suggest."""
    last = Stuck("no instances")
    for wanted in (_tangents(branch, goal), suggestions(branch, goal)):
        try:
            return with_instances(branch, goal, wanted)
        except Stuck as stuck:
            last = stuck
    raise last


def suggestions(branch: Branch, goal: Statement) -> list[Candidate]:
    """Return instances that the terms of a goal suggest, tangents at quotients of what stands under logarithms too."""
    nodes = dict.fromkeys(node for term in goal.args for node in subterms(term) if not node.reach)
    return [*_of_logarithms([node.args[0] for node in nodes if node.head is Head.LOG]), *candidates(branch, goal)]


def with_instances(branch: Branch, goal: Statement, wanted: list[Candidate]) -> Proof:
    """A combination of known inequalities and of some lemma instances: of tangents alone, or of all that may help."""
    proposed = proposals(branch, wanted)
    tangents = [proposal for proposal in proposed if proposal.name in TANGENTS]
    last = Stuck("no instances")
    for chosen in (tangents, proposed) if 0 < len(tangents) < len(proposed) else (proposed,):
        try:
            return _combined_with(branch, goal, {proposal.key: proposal for proposal in chosen})
        except Stuck as stuck:
            last = stuck
    raise last


def _combined_with(branch: Branch, goal: Statement, proposed: dict[str, Proposal]) -> Proof:
    """Combine known inequalities and instances; those that are used are proved, and left out when they are not."""
    here = branch.fork()
    known = known_facts(here, goal.leaves)
    proved: list[Fact] = []
    for _ in range(MAX_ROUNDS if proposed else 0):
        facts = [*(proposal.fact() for proposal in proposed.values()), *proved, *known]
        found = combined(here, goal, list({fact.name: fact for fact in facts}.values()))
        wanted = [proposed.pop(name) for name, _ in found.terms if name in proposed]
        if not wanted:
            return branch.checked(goal, here.close(here.sided(goal, found.certificate)))
        proved += [fact for fact in (_certain(here, proposal) for proposal in wanted) if fact is not None]
    raise Stuck("the instances that would do are not proved")


def proposals(branch: Branch, wanted: list[Candidate]) -> list[Proposal]:
    """Return the instances whose premises hold in the economies drawn."""
    found: list[Proposal] = []
    for name, arguments in wanted:
        premises, conclusion = corollaries.instance(name, arguments)
        if conclusion.op not in (Op.LESS, Op.AT_MOST) or not all(map(branch.plausible, premises)):
            continue
        known = (proposal.conclusion for proposal in found)
        if not any(conclusion.op is other.op and same(conclusion.gap, other.gap) for other in known):
            found.append(Proposal(name, arguments, premises, conclusion))
            if len(found) >= MAX_PROPOSED:
                break
    return found


def _certain(branch: Branch, proposal: Proposal) -> Fact | None:
    """Add an instance as a step, the weak one where a tangent may touch; None when it is not proved."""
    fact = _strict(branch, proposal)
    return weak_tangent(branch, proposal.name, proposal.arguments) if fact is None else fact


def _strict(branch: Branch, proposal: Proposal) -> Fact | None:
    name, arguments, conclusion = proposal.name, proposal.arguments, proposal.conclusion
    if any(p.op is Op.DIFFER and branch.either_order(*p.args) for p in proposal.premises):
        return None
    try:
        proofs = tuple(_premise(branch, premise) for premise in proposal.premises)
        proof = branch.sided(conclusion, lambda side: derived.lemma(name, arguments, proofs, side))
    except Stuck:
        return None
    return Fact(branch.have(conclusion, proof, "lemma"), conclusion.op is Op.LESS, conclusion.gap)


def weak_tangent(branch: Branch, name: str, arguments: tuple[Term, ...]) -> Fact | None:
    """Add as a step that a graph lies on one side of its tangent or touches it."""
    premises, conclusion = corollaries.instance(name, arguments)
    touching = next((premise.args for premise in premises if premise.op is Op.DIFFER), None)
    if touching is None:
        return None
    weak = le(*conclusion.args)
    here = branch.fork()
    try:
        others = [None if p.op is Op.DIFFER else _premise(here, p) for p in premises]
        orders = either(lt(*touching), eq(*touching), lt(*touching[::-1]))
        name_of = here.have(orders, here.sided(orders, lambda side: derived.lemma("trichotomy", touching, (), side)))
        label = here.fresh("case")
        ordered = [tuple(p or Choose(part, Hypothesis(label)) for p in others) for part in (0, 1)]
        apart = [derived.weaken(False, derived.lemma(name, arguments, found)) for found in ordered]
        at = derived.weaken(True, records.Rewrite((label,), derived.identity()))
        proof = here.sided(weak, lambda side: records.Cases(name_of, label, (apart[0], at, apart[1])))
        proof = branch.checked(weak, here.close(proof))
    except Stuck:
        return None
    return Fact(branch.have(weak, proof, "tangent"), False, weak.gap)


def _premise(branch: Branch, premise: Statement) -> Proof:
    """Prove a premise of a lemma with a part of the work."""
    steps = max(PREMISE, branch.work.left // 6)
    return branch.fork(branch.context, deeper=2, plain=True).within(steps, branch.prover, premise)


def _tangents(branch: Branch, goal: Statement) -> list[Candidate]:
    """Return tangents at quotients of the parts of a gap, and at the shares of sums under powers."""
    algebra = branch.algebra(goal.gap)
    try:
        found = of_parts(algebra, algebra.splits[0].primitive)
        nodes = list(subterms(algebra.of_split(algebra.splits[0])))
    except NoTermError:
        return []
    for base, exponent in (node.args for node in nodes if node.head is Head.POWER):
        if base.head is Head.SUM and exponent.head is not Head.NUMBER:
            found += [candidate for candidate in of_shares(base, exponent) if candidate[0] in TANGENTS]
    return found


def _of_logarithms(arguments: list[Term]) -> list[Candidate]:
    """Return tangents at the quotients of what stands under logarithms, and at the shares of sums."""
    found: list[Candidate] = []
    for total in arguments:
        if total.head is Head.SUM:
            shares = (times(t.number(len(total.args)), over(part, total)) for part in total.args)
            found += [("log_below_tangent", (share,)) for share in shares]
    for index, x in enumerate(arguments[:MAX_LOGARITHMS]):
        for y in arguments[index + 1 : MAX_LOGARITHMS]:
            found += [("log_below_tangent", (ratio,)) for ratio in (over(x, y), over(y, x))]
    return found
