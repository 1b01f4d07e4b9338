"""Section 4 and Appendices C and D of Kleinert and Zorell: verdicts, and derivatives against the numeric solver."""

import random
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
import sympy as sp
from scipy.integrate import quad

from symhet import papers
from symhet.algebra.tails import Density, Survival, TailMoment
from symhet.algebra.total import PREFIX, is_total
from symhet.claims import Severity, Verdict
from symhet.numerics.compound import Mixture
from symhet.numerics.distributions import parse
from symhet.numerics.power_laws import Pareto
from symhet.papers.kz.corrections import CORRECTIONS
from symhet.papers.kz.model import domain, phi_off
from symhet.papers.kz.parameters import DEFAULTS
from symhet.papers.kz.solver import solve_kz
from symhet.propositions import And, Rel, free_symbols
from symhet.valuation import Point
from tests.judged import judged as judgement
from tests.papers.expected import words
from tests.referees.exact_statics import PiecewiseUniform

LISTED = words("""
share share.stable share.open share.pareto curves R.1 off-falls prices-fall eq22 exporters-mass competitiveness eq23
R.2 R.2.intensive R.2.extensive R.2.aggregate R.2.aggregate.exactly R.2.aggregate.thinning R.2.aggregate.pareto
margins R.2-sigma R.2-sigma.cutoff R.2-sigma.equilibrium R.3 R.3.cif R.3.fob R.3.quantity R.3.labour parallel
intensity intensity.exports intensity.trade A3-violated A3-violated.cutoffs A3-violated.order A3-violated.only-if
A3-violated.free-entry A3-violated.tau_I-ex A3-violated.f_I-ex A3-violated.exports A3-violated.aggregate
A3-violated.aggregate.exactly A3-violated.aggregate.pareto A3-violated.imports eq24 eq24.offshorers eq24.home
incumbents incumbents.profits incumbents.imports switchers switchers.revenue switchers.profits switchers.choice R.4
R.4.efficiency R.4.efficiency-sold R.4-variety R.4-variety.mass R.4-variety.price fI-ex fI-welfare fI-trade
fI-trade.intermediates fI-trade.intermediates.exactly fI-trade.intermediates.thinning fI-trade.intermediates.pareto
tau-off tau-off.tau tau-off.f_ex total-trade total-trade.exactly total-trade.thinning total-trade.pareto tau-channel
tau-channel.tau tau-channel.f_ex tau-channel.tau_I melitz melitz.tau melitz.f_ex melitz.n eqC1 eqC2 eqC2.printed
eqC2.exponent eqC2.price eqC3 eqC3.j eqC3.entry C-unique C-unique.root C-unique.cuts C-unique.discontinuity
C-unique.discontinuity.frozen C-unique.discontinuity.moving D-min D-bound1 D-bound1.bound eqD1 eqD1.bound
eqD1.equality eqD1.chain D-fI D-tau D-fex D-n
""")
OURS = frozenset(f"kz.{row}" for row in LISTED)
"""Claims and parts of section 4, Appendices C and D, and the abstract."""
AMBIGUOUS = {"kz.fI-trade", "kz.R.4-variety.mass", "kz.exporters-mass", "kz.margins", "kz.share.open"}
"""Claims that a sign is open: proved by two examples, not by a statement."""

REGIME = "kz.A3-violated"
ONLY_EXPORTERS_OFFSHORE = 3
ECONOMIES = (
    ("pareto:shape=3.5,scale=0.5", 3),
    ("lognormal:mu=0,sigma=0.6", 5),
    ("pareto:shape=5,scale=0.5", 8),
    ("lognormal:mu=0,sigma=0.6", None),
)
"""Distributions, and seeds of parameters; the last economy is the one in which only exporters offshore."""


@cache
def judged():
    findings = {}
    pending = [judgement(claim.id) for claim in papers.ledger("kz").claims if claim.id in OURS]
    while pending:
        row = pending.pop()
        findings[row.claim.id] = row.finding
        pending += row.parts
    return findings


@pytest.fixture(scope="module")
def found_everywhere():
    """Return the judgements of every claim and part of the ledger."""
    pending = [judgement(claim.id) for claim in papers.ledger("kz").claims]
    rows = []
    while pending:
        rows.append(pending.pop())
        pending += rows[-1].parts
    return rows


def test_every_verdict_has_its_evidence():
    for identifier, finding in judged().items():
        assert finding.theorems, identifier
        if finding.verdict is Verdict.PROVED and identifier not in AMBIGUOUS:
            assert finding.statement is not None, identifier
            assert all(theorem.polarity == "holds" for theorem in finding.theorems[:1]), identifier
        if finding.verdict in (Verdict.REFUTED, Verdict.PROVED_WITH):
            assert finding.reason, identifier
            assert finding.witness is not None, identifier
        if finding.verdict is Verdict.REFUTED:
            assert finding.corrected is not None, identifier


def test_an_open_sign_rests_on_two_economies_that_fail_opposite_statements():
    for identifier in AMBIGUOUS:
        first, second = judged()[identifier].theorems
        assert (first.polarity, second.polarity) == ("fails", "fails")
        assert first.goal.lhs == second.goal.rhs
        assert first.goal.rhs == second.goal.lhs


def test_every_fault_is_graded_and_has_its_line_in_the_corrections(found_everywhere):
    """What fails or needs a condition has a severity; each root is a fault, and stands in the corrections."""
    faulty = Verdict.REFUTED, Verdict.PROVED_WITH
    every = {row.claim.id: row for row in found_everywhere}
    for identifier, row in every.items():
        if row.finding.verdict in faulty:
            assert row.finding.severity is not None, identifier
            assert every[row.root].root == row.root, identifier
    listed = {fault.root for fault in CORRECTIONS.faults}
    assert {row.root for row in every.values() if row.finding.severity is not None} == listed
    distinct = {row.root for row in every.values() if row.finding.severity is Severity.SUBSTANCE}
    assert len(distinct) == 11


def test_a_lost_display_has_no_print(found_everywhere):
    lost = {row.claim.id for row in found_everywhere if row.claim.printed is None}
    assert {
        f"kz.{name}" for name in ["D-min", "D-bound1", "eqD1", "eqD1.chain", "D-fI", "D-tau", "D-fex", "D-n"]
    } <= lost
    assert all("lost" not in row.claim.shown for row in found_everywhere)


# --- derivatives, term by term, against difference quotients of the solver ------------------------------------------


PHI = 3.0
"""Productivity of the firm whose revenues are followed."""


def parameters(seed):
    """Return admissible parameters; without a seed, those of an economy in which only exporters offshore."""
    if seed is None:
        return {**DEFAULTS, "f_I": 5.0, "L_w": 50.0}
    drawn = domain().sample(random.Random(seed), 0.25)
    return {**{symbol.name: value for symbol, value in drawn.items()}, "L": 1.0, "L_w": 50.0}


def outcomes(law, given):
    """Return everything the derivations differentiate, by name, from the solver's equilibrium."""
    found = solve_kz(distribution=law, **given)
    names = {
        "W": "welfare",
        "exports": "exports_X",
        "imports_cif": "imports_I_cif",
        "imports_fob": "imports_I_fob",
        "I_off": "imports_I_quantity",
    }
    direct = ("phi_min", "phi_off", "phi_ex", "P_X", "P", "M_t", "M_e", "L_I", "L_Y", "p_I_d", "p_I_off", "w", "E_X")
    values = {name: float(getattr(found, names.get(name, name))) for name in (*direct, *names)}
    q, sigma = given, given["sigma"]
    relative = values["p_I_off"] / values["p_I_d"]
    values["Lambda"] = relative ** (-q["alpha"] * (sigma - 1))
    values["trade"] = values["exports"] + values["imports_cif"]
    values["p_t"] = values["P_X"] * values["M_t"] ** (1 / (sigma - 1))
    markup = sigma / (sigma - 1)
    k, low, off = sigma - 1, values["phi_min"], values["phi_off"]
    at_home, offshored = float(law.tail_moment(low, k) - law.tail_moment(off, k)), float(law.tail_moment(off, k))
    power = at_home * values["p_I_d"] ** (-q["alpha"] * k) + offshored * values["p_I_off"] ** (-q["alpha"] * k)
    values["Phi_mean"] = (power / float(law.survival(low))) ** (1 / k)
    values["Phi_t"] = markup * values["w"] ** (1 - q["alpha"]) / values["p_t"]
    for name, price in (("r_H_d", values["p_I_d"]), ("r_H_off", values["p_I_off"])):
        charged = markup * values["w"] ** (1 - q["alpha"]) * price ** q["alpha"] / PHI
        values[name] = (charged / values["P_X"]) ** (1 - sigma) * values["E_X"]
        if name == "r_H_off":
            values["r_F"] = q["tau"] ** (1 - sigma) * values[name]
            values["x_F"] = values["r_F"] / (q["tau"] * charged)
    values["pi_d"] = values["r_H_d"] / sigma - q["f_p"] * values["w"]
    return values


@cache
def economy(place):
    law_text, seed = ECONOMIES[place]
    law, given = parse(law_text), parameters(seed)
    return law, given, outcomes(law, given)


@cache
def quotients(place, parameter):
    """Return central difference quotients of every outcome, extrapolated once."""
    law, given, _ = economy(place)

    def central(step):
        up, down = (outcomes(law, {**given, parameter: given[parameter] * factor}) for factor in (1 + step, 1 - step))
        return {name: (up[name] - down[name]) / (2 * step * given[parameter]) for name in up}

    coarse, fine = central(2e-3), central(1e-3)
    return {name: (4 * fine[name] - coarse[name]) / 3 for name in fine}


def numeric(term, place):
    """Return the value of a term at an economy; total derivatives are difference quotients."""
    law, given, values = economy(place)
    known = {**given, **values, "phi": PHI}
    replaced = {}
    for symbol in term.free_symbols:
        if is_total(symbol):
            variable, parameter = symbol.name[len(PREFIX) : -1].split(",")
            replaced[symbol] = sp.Float(quotients(place, parameter)[variable])
        else:
            replaced[symbol] = sp.Float(known[symbol.name])

    def tail(found):
        x = float(found.args[0])
        if isinstance(found, TailMoment):
            return sp.Float(float(law.tail_moment(x, float(found.args[1]))))
        return sp.Float(float(law.survival(x) if isinstance(found, Survival) else law.density(x)))

    replaced_term = term.xreplace(replaced)
    return float(replaced_term.replace(lambda part: isinstance(part, TailMoment | Survival | Density), tail))


SOLVER_KNOWS = frozenset(outcomes(*(economy(0)[:2])))
PARTIAL = ("kz.tau-channel.tau_I", "kz.R.2-sigma", "kz.eqD1.equality")
"""Claims about a single firm's cost, at fixed cutoffs, or without firms in between: not in these equilibria."""
CONDITIONAL = (".thinning", ".pareto")
"""Claims whose hypotheses hold for Pareto distributions, and for others only here and there."""


def belongs(identifier, place):
    return identifier.startswith(REGIME) == (place == ONLY_EXPORTERS_OFFSHORE) and not identifier.startswith(PARTIAL)


def differentiated(place):
    """Yield every line of a derivation that gives a total derivative of something the solver knows."""
    seen = set()
    for identifier, finding in judged().items():
        if finding.derivation is None or not belongs(identifier, place):
            continue
        for line in finding.derivation.lines:
            prop = line.prop
            if isinstance(prop, Rel) and prop.op == "=" and isinstance(prop.lhs, sp.Symbol) and is_total(prop.lhs):
                variable, parameter = prop.lhs.name[len(PREFIX) : -1].split(",")
                unknown = {s.name for s in free_symbols(prop) if not is_total(s)} - {"phi", *SOLVER_KNOWS}
                known = variable in SOLVER_KNOWS and parameter in PARAMETERS and unknown <= set(PARAMETERS)
                if known and prop not in seen:
                    seen.add(prop)
                    yield identifier, prop


PARAMETERS = tuple(parameters(1))


@pytest.mark.parametrize("place", range(len(ECONOMIES)))
def test_every_derivative_is_the_solvers(place):
    checked = 0
    for identifier, prop in differentiated(place):
        left, right = numeric(prop.lhs, place), numeric(prop.rhs, place)
        assert left == pytest.approx(right, rel=2e-4, abs=1e-9), (identifier, str(prop.lhs))
        checked += 1
    assert checked >= (6 if place == ONLY_EXPORTERS_OFFSHORE else 30)


def moves_what_the_solver_knows(relation):
    """Tell whether a relation signs derivatives, all of them of results and by parameters of the solver."""
    totals = [s.name[len(PREFIX) : -1].split(",") for s in relation.gap.free_symbols if is_total(s)]
    return bool(totals) and all(of in SOLVER_KNOWS and to in PARAMETERS for of, to in totals)


def relations(prop):
    parts = getattr(prop, "parts", (prop,))
    return [part for part in parts if isinstance(part, Rel) and part.op == "<"]


@pytest.mark.parametrize("place", range(len(ECONOMIES)))
def test_every_signed_derivative_has_its_sign_in_the_solver(place):
    checked = 0
    for identifier, finding in judged().items():
        general = finding.verdict is Verdict.PROVED and not identifier.endswith(CONDITIONAL)
        holds = general or "pareto" in ECONOMIES[place][0]
        if finding.statement is None or not holds or finding.verdict is Verdict.REFUTED:
            continue
        if not belongs(identifier, place) or identifier.startswith("kz.melitz"):
            continue
        for relation in relations(finding.statement):
            if moves_what_the_solver_knows(relation):
                assert numeric(relation.gap, place) > 0, (identifier, str(relation))
                checked += 1
    assert checked >= (6 if place == ONLY_EXPORTERS_OFFSHORE else 30)


def test_the_regimes_are_those_of_the_claims():
    for place in range(len(ECONOMIES)):
        _, _, values = economy(place)
        low, off, ex = values["phi_min"], values["phi_off"], values["phi_ex"]
        assert (low < ex < off) if place == ONLY_EXPORTERS_OFFSHORE else (low < off < ex)


# --- what is refuted, at its counterexample, by the solver and by quadrature -----------------------------------------


def same_law(exact):
    """Return the exact distribution of a counterexample for the solver."""
    masses = [h * (b - a) for h, a, b in zip(exact.heights, exact.breaks, exact.breaks[1:], strict=False)]
    body = PiecewiseUniform([str(b) for b in exact.breaks], [str(mass) for mass in masses])
    tail = Pareto(shape=float(exact.shape), scale=float(exact.breaks[-1]))
    return Mixture([float(sum(masses)), float(1 - sum(masses))], [body, tail])


@pytest.mark.parametrize(
    "identifier",
    [
        "R.2.aggregate",
        "total-trade",
        "fI-trade",
        "fI-trade.intermediates",
        "R.4-variety.mass",
        "R.4-variety.price",
        "R.4.efficiency-sold",
    ],
)
def test_signs_fail_in_the_solver_too(identifier):
    theorems = [theorem for theorem in judged()[f"kz.{identifier}"].theorems if theorem.polarity == "fails"]
    assert theorems
    for theorem in theorems:
        point = theorem.at.point
        law = same_law(theorem.at.distribution)
        given = {symbol.name: float(value) for symbol, value in point.items() if symbol.name in PARAMETERS}
        given = {**given, "L": 6.0, "L_w": 50.0}
        (derived,) = (symbol for symbol in free_symbols(theorem.goal) if is_total(symbol))
        variable, parameter = derived.name[len(PREFIX) : -1].split(",")
        at = outcomes(law, given)
        assert at["phi_off"] == pytest.approx(float(point[phi_off]), rel=1e-6)
        up, down = (outcomes(law, {**given, parameter: given[parameter] * f})[variable] for f in (1.0005, 0.9995))
        rises = up > down
        assert rises == (theorem.goal.rhs == 0), identifier


@pytest.mark.parametrize("part", ["printed", "exponent", "price"])
def test_printed_free_entry_misses_what_firms_earn_one_by_one(part):
    finding = judged()[f"kz.eqC2.{part}"]
    exact, point = finding.witness.distribution, finding.witness.point
    q = {symbol.name: float(value) for symbol, value in point.items()}
    sigma, alpha = q["sigma"], q["alpha"]
    heights = [float(h) for h in exact.heights]
    ends = [float(b) for b in exact.breaks]
    left = 1 - sum(h * (b - a) for h, a, b in zip(heights, ends, ends[1:], strict=False))
    shape = float(exact.shape)

    def density(x):
        inside = sum(h for h, a, b in zip(heights, ends, ends[1:], strict=False) if a <= x < b)
        return inside if x < ends[-1] else left * shape * ends[-1] ** shape / x ** (shape + 1)

    def profit(x):
        def sales(price):
            charged = q["w"] ** (1 - alpha) * price**alpha / x * sigma / (sigma - 1)
            return (charged / q["P_X"]) ** (1 - sigma) * q["E_X"] / sigma

        reach, abroad = 1 + q["n"] * q["tau"] ** (1 - sigma), q["n"] * q["f_ex"]
        return max(
            0.0,
            sales(q["p_I_d"]) - q["f_p"] * q["w"],
            sales(q["p_I_off"]) - (q["f_p"] + q["f_I"]) * q["w"],
            reach * sales(q["p_I_d"]) - (q["f_p"] + abroad) * q["w"],
            reach * sales(q["p_I_off"]) - (q["f_p"] + q["f_I"] + abroad) * q["w"],
        )

    kinks = sorted({*ends, q["phi_min"], q["phi_off"], q["phi_ex"]})
    expected = sum(quad(lambda x: profit(x) * density(x), a, b)[0] for a, b in pairwise(kinks))
    expected += quad(lambda x: profit(x) * density(x), kinks[-1], np.inf)[0]
    assert expected / q["w"] == pytest.approx(q["f_e"], rel=1e-6)
    printed = Point(point, exact).value(finding.statement.rhs)
    assert abs(float(printed) / q["f_e"] - 1) > 0.2


def mutants(prop):
    """Yield statements with one inequality turned round or one right side negated, all else as it was."""
    parts = getattr(prop, "parts", (prop,))
    for place, part in enumerate(parts):
        if not isinstance(part, Rel) or part.rhs == part.lhs:
            continue
        if part.op == "=" and part.rhs == 0:
            continue
        changed = Rel("<", part.rhs, part.lhs) if part.op == "<" else Rel("=", part.lhs, -part.rhs)
        yield And((*parts[:place], changed, *parts[place + 1 :])) if isinstance(prop, And) else changed


@pytest.mark.usefixtures("brief_search")
@pytest.mark.parametrize("share", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_no_prover_proves_a_statement_turned_round(share):
    """The quick test takes one claim in four."""
    tried = 0
    for identifier, finding in [*judged().items()][::share]:
        if finding.prover is None or finding.statement is None:
            continue
        goal = finding.corrected if finding.corrected is not None else finding.statement
        assert finding.prover(goal) is not None, identifier
        for false in mutants(goal):
            assert finding.prover(false) is None, (identifier, str(false))
            tried += 1
    assert tried >= 60 / share
