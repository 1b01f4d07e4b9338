"""The appendix: quadratic adjustment costs, the order in which firms move, equations (27)-(31)."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.calculus import derivative
from symhet.claims import Claim, Finding, Witness, proved, refuted
from symhet.derivation import Derivation
from symhet.papers.baldwin_okubo.agglomeration import economy
from symhet.papers.baldwin_okubo.gains import GAIN_D_ANY, GAIN_X, PROPORTION, a, a_low
from symhet.papers.baldwin_okubo.model import (
    B,
    B_star,
    a_D,
    a_R,
    a_X,
    a_X_star,
    beta,
    cost_integral,
    delta,
    f,
    f_I,
    kappa,
    mbar,
    mbar_star,
    n,
    n_star,
    n_w,
    phi,
    rho,
    s_E,
    s_n,
    sigma,
)
from symhet.papers.baldwin_okubo.relocation import ROOT, printed_cut, rooted
from symhet.papers.baldwin_okubo.relocation_facts import SHORT, X, relocation, short
from symhet.papers.baldwin_okubo.shortrun_model import SUNK, autarky, integrate, kept, moment, relocated, toll
from symhet.propositions import And, Iff, Prop, eq, gt, lt
from symhet.provers.tactics import (
    both,
    by,
    combine,
    identity,
    lemma,
    linear,
    product,
    split,
    transported,
    use,
)
from symhet.rules.base import Context

SOURCE = "Baldwin and Okubo, appendix"
Q = sp.Rational
gamma, front, speed, flow = sp.symbols("gamma a_front speed flow", positive=True)
v = sp.Symbol("v", real=True)


def _order() -> Finding:
    core = autarky().context("sigma>1", "phi<1").hypotheses
    state: dict[str, Prop] = {
        "B>B*": gt(B, B_star),
        "export*": eq(phi * a_X_star ** (1 - sigma) * B, f),
        "sunk": SUNK,
        "exporter": lt(a_low, a_X_star),
        "D-type": lt(a_X_star, a),
    }
    d = Derivation(Context({**core, **state}))
    d.step("toll", eq(toll, f), use("sunk"), "With footholds sunk, a mover pays for its Northern beachhead")
    d.step("kept", eq(kept, 1), use("sunk"), "and keeps the Southern one.")
    d.step("f", eq(f, phi * a_X_star ** (1 - sigma) * B), linear({"export*": -1}), "At the export cutoff it just pays:")
    for name, low, high in (("exporters", a_low, a_X_star), ("D-types", a_X_star, a)):
        rising = lt(low ** (sigma - 1), high ** (sigma - 1))
        says = "Lower costs mean larger sales:"
        d.step(f"{name} root", rising, lemma("pow_mono", low, high, sigma - 1), says, kind="bound")
        sold = combine({f"{name} root": (low * high) ** (1 - sigma)})
        d.step(name, lt(high ** (1 - sigma), low ** (1 - sigma)), sold, "that is", kind="bound")
    d.step("slope", gt(B - (1 - phi) * B_star, 0), combine({"B>B*": 1}), "A D-type gains with its sales:", kind="bound")
    at = {a: a_X_star}
    scale = 1 / (sigma * delta)
    upper = product({"phi<1": 1, "B>B*": 1, "exporters": 1}, coefficient=scale)
    d.step("above", lt(GAIN_X.xreplace(at), GAIN_X.xreplace({a: a_low})), upper, "Exporters gain more", kind="bound")
    lower = product({"slope": 1, "D-types": 1}, "toll", "kept", "f", coefficient=scale)
    d.step(
        "below",
        lt(GAIN_D_ANY, GAIN_X.xreplace(at)),
        lower,
        "and D-types less than the marginal exporter:",
        kind="bound",
    )
    goal = lt(GAIN_D_ANY, GAIN_X.xreplace({a: a_low}))
    says = "With F charged to the mover every exporter gains more than every D-type, whatever has moved already:"
    holding = proved(d, goal, combine({"above": 1, "below": 1}), says)
    model = relocated("XX")
    start = model.whole_domain(*SHORT["XX"])
    firms: dict[str, Prop] = {"mover": lt(a_low, a_R), "D-type": lt(a_X, a), "a<a_D": lt(a, a_D)}
    failing = Derivation(Context({**start.hypotheses, **firms}, start.system, start.endogenous))
    witness = Witness({**economy(Q(7, 10), Q(3, 8), Q(1, 3), Q(4, 15)).point, a_low: Q(1, 4), a: Q(9, 25)})
    reason = (
        "by (13) and (14) the gain jumps up by 1/(1-phi) at a_X, at every date: exporters above "
        "(1-phi)^(1/(sigma-1)) a_X gain less than the D-types just above a_X, and a_R lies above that point once "
        "(1-phi)^beta (1-s_E) < phi (2 s_E-1)"
    )
    printed = lt(a ** (1 - sigma), (1 - phi) * a_low ** (1 - sigma))
    return refuted(failing, printed, witness, reason, corrected=holding)


def _eq28() -> Finding:
    d = Derivation(autarky().context("sigma>1", "phi<1"))
    goal = Iff(eq(GAIN_X, 0), eq(B, B_star))
    forward = linear({"premise": 1 / (PROPORTION * (1 - phi))})
    return proved(d, goal, both(forward, identity("premise")), "The gain of an exporter vanishes exactly where")


def _flow() -> Finding:
    moved = n_star * cost_integral(sp.S.Zero, 0, front) / a_D**rho
    core = autarky().context("sigma>1", "beta>1").hypotheses
    state = {"flow": eq(flow, derivative(moved, front) * speed), "indifference": eq(v, gamma * flow)}
    d = Derivation(Context({**core, **state}))
    integrate(d, ("mass", sp.S.Zero, sp.S.Zero, front, None))
    closed = n_star * front**rho / a_D**rho
    goal = And((eq(moved, closed), eq(v, gamma * derivative(closed, front) * speed)))
    by_parts = split(identity("mass"), identity("indifference", "flow"))
    reason = "the firm on the move is indifferent between its gain and the cost that the current flow implies"
    return proved(d, goal, by_parts, "The mass of firms that has moved, and the speed of the front, solve", reason)


def _eq29() -> Finding:
    d = short("XX")
    per_firm = s_E * moment(0, a_D) + (1 - s_E) * moment(0, a_R) + (1 - s_E) * phi * moment(a_R, a_X)
    d.step("per firm", eq(mbar, n_w * per_firm), identity("mbar", "n", "n*", "s_n=s_E"), "In shares of firms")
    goal = And(
        (eq(mbar / n_w, per_firm), eq(B, s_E / (n_w * (mbar / n_w))), eq(B_star, (1 - s_E) / (n_w * (mbar_star / n_w))))
    )
    by_parts = split(linear({"per firm": 1 / n_w}), by("B"), by("B*"))
    return proved(d, goal, by_parts, "Per firm of the world the weights are")


def _eq30() -> Finding:
    d = short("XX")
    relocation(d, "XX")
    rooted(d)
    return proved(d, ROOT, by("root"), "The cutoff of relocation is")


def _eq31() -> Finding:
    d = short("XX")
    relocation(d, "XX")
    printed_cut(d)
    right = f / (f_I * (beta - 1))
    true = eq(phi * a_X ** (1 - sigma) / (phi * X + kappa ** (1 - 1 / beta)), right)
    holding = proved(d, true, transported("printed", factor=1 / (f_I * (beta - 1))), "The export cutoff solves")
    printed = eq(phi * a_X ** (1 - sigma) / (phi * X + ((beta - 1) * f_I * f) ** (1 - 1 / beta)), right)
    point = {
        sigma: 2, beta: 2, phi: Q(2, 3), s_E: Q(3, 5), s_n: Q(3, 5), f: 4, f_I: 1, a_D: Q(1, 2), n_w: Q(1, 8),
        n: Q(3, 40), n_star: Q(1, 20), a_X: Q(1, 4), a_R: Q(1, 4), B: Q(3, 2), B_star: Q(3, 2), mbar: Q(2, 5),
        mbar_star: Q(4, 15),
    }  # fmt: skip
    reason = "the bracket is f_I/f, not f f_I: compare (17); the two agree for f = 1 only"
    return refuted(short("XX", whole=True), printed, Witness(point), reason, corrected=holding)


CLAIMS: tuple[Claim, ...] = (
    Claim("bo.eq27", "primitive", f"{SOURCE}, equation (27)", r"\text{cost}=\gamma\dot x", title="adjustment cost"),
    Claim(
        "bo.order", "claim", SOURCE, r"a'<a''\Rightarrow v[a']>v[a'']\text{ at every date}", _order,
        title="firms move in order of efficiency",
    ),
    Claim("bo.eq28", "condition", f"{SOURCE}, equation (28)", r"v=0\iff B=B^*", _eq28, title="where the process ends"),
    Claim(
        "bo.flow", "derived", SOURCE,
        r"v[a']=\gamma\left[n^*\frac{d(a')^\rho}{dt}a_D^{-\rho}\right],\quad\int_0^{a'}n^*dG[a|a_D]=n^*\frac{(a')^\rho}{a_D^\rho}",
        _flow, title="speed of relocation",
    ),
    Claim(
        "bo.eq29", "derived", f"{SOURCE}, equation (29)",
        r"\bar m=s_E\int_0^{a_D}a^{1-\sigma}dG[a|a_D]+(1-s_E)\int_0^{a_R}a^{1-\sigma}dG[a|a_D]"
        r"+(1-s_E)\phi\int_{a_R}^{a_X}a^{1-\sigma}dG[a|a_D],\ B=\frac{s_E}{n^w\bar m},\ B^*=\frac{1-s_E}{n^w\bar m^*}",
        _eq29, title="weights per firm of the world",
    ),
    Claim(
        "bo.eq30", "derived", f"{SOURCE}, equation (30)",
        r"a_R=\left(\frac{\phi(2s_E-1)}{(1-\phi)(1-s_E)}\right)^{1/(1-\sigma+\rho)}a_X",
        _eq30, title="relocation cutoff",
    ),
    Claim(
        "bo.eq31", "derived", f"{SOURCE}, equation (31)",
        r"\frac{\phi a_X^{1-\sigma}}{\phi a_X^{1-\sigma+\rho}+((\beta-1)f_If)^{1-1/\beta}}=\frac{f/f_I}{\beta-1}",
        _eq31, title="export cutoff",
    ),
)  # fmt: skip
