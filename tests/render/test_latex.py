"""Terms and statements come out as an author writes them."""

import pytest
import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import SUPPORT, Density, Survival, TailMoment
from symhet.algebra.total import total
from symhet.errors import TermError
from symhet.propositions import And, ForAll, Iff, Implies, Maximiser, Or, UniqueRoot, chain, eq, ge, gt, lt, ne
from symhet.render.latex import LatexWriter
from symhet.render.notation import Notation, notation_for
from symhet.render.plain import PlainWriter

KZ = notation_for("kz")
names = "alpha sigma tau tau_I n f_p f_I f_ex w E_X P_X p_I_d p_I_off Lambda phi_min phi_off phi_ex"
alpha, sigma, tau, tau_I, n, f_p, f_I, f_ex, w, E_X, P_X, p_d, p_off, Lambda, phi_min, phi_off, phi_ex = sp.symbols(
    names, positive=True
)
z = sp.Symbol("z", positive=True)
k = sigma - 1
rho = k / sigma

TERMS = [
    (sigma - 1, r"\sigma-1"),
    (1 - alpha, r"1-\alpha"),
    (-(sigma - 1) * w, r"-(\sigma-1) w"),
    (-1 / (1 - sigma), r"\frac{1}{\sigma-1}"),
    (f_ex + f_I + f_p, "f_p+f_I+f_{ex}"),
    (1 + n * tau ** (1 - sigma), r"1+n \tau^{1-\sigma}"),
    (f_p / (f_p + f_I), r"\frac{f_p}{f_p+f_I}"),
    (1 - f_I / (f_ex * tau**k), r"1-\frac{f_I}{f_{ex} \tau^{\sigma-1}}"),
    ((p_off / p_d) ** (alpha * (1 - sigma)), r"\left(\frac{p_I^{off}}{p_I^d}\right)^{\alpha (1-\sigma)}"),
    (p_off**alpha * p_d**-alpha, r"\left(\frac{p_I^{off}}{p_I^d}\right)^{\alpha}"),
    (
        phi_min * f_I ** (1 / k) * f_p ** (-1 / k) * (Lambda - 1) ** (-1 / k),
        r"\hat\varphi_{min} \left[\frac{f_I}{f_p (\Lambda-1)}\right]^{1/(\sigma-1)}",
    ),
    (
        w ** (1 - alpha) * p_d**alpha / (rho * P_X) * (sigma * f_p * w / E_X) ** (1 / k),
        r"\frac{w^{1-\alpha} (p_I^d)^{\alpha}}{\rho P_X} \left(\frac{\sigma f_p w}{E_X}\right)^{1/(\sigma-1)}",
    ),
    (p_off**2, r"(p_I^{off})^{2}"),
    ((1 - alpha) * w * sp.log(tau), r"(1-\alpha) w \ln(\tau)"),
    ((f_p + f_I) * w, r"(f_p+f_I) w"),
    (1 / (1 - 1 / Lambda), r"\frac{1}{1-1/\Lambda}"),
    (sp.sqrt(tau), r"\sqrt{\tau}"),
    (sp.Rational(3, 2) * tau, r"\frac{3 \tau}{2}"),
    (sp.log(tau) / 2, r"\frac{\ln(\tau)}{2}"),
    (sp.exp(-tau), r"\frac{1}{e^{\tau}}"),
    (Survival(phi_min), r"1-G(\hat\varphi_{min})"),
    (f_p * Survival(phi_min), r"f_p [1-G(\hat\varphi_{min})]"),
    (Survival(phi_min) - Survival(phi_off), r"G(\hat\varphi_{off})-G(\hat\varphi_{min})"),
    (phi_min ** (1 - sigma) * TailMoment(phi_min, k), r"\hat\varphi_{min}^{1-\sigma} T(\hat\varphi_{min})"),
    (TailMoment(phi_min, 2 * k), r"T_{2 \sigma-2}(\hat\varphi_{min})"),
    (Density(SUPPORT), r"g(\underline{\varphi})"),
    (PowerIntegral(k, 0, phi_min), r"\int_{0}^{\hat\varphi_{min}} x^{\sigma-1}\,dx"),
    (total(phi_min, tau_I), r"\frac{d \hat\varphi_{min}}{d \tau_I}"),
    (
        phi_off * total(phi_min, tau_I) / phi_min,
        r"\frac{\hat\varphi_{off}}{\hat\varphi_{min}} \frac{d \hat\varphi_{min}}{d \tau_I}",
    ),
]


@pytest.mark.parametrize(("term", "latex"), TERMS, ids=[latex for _, latex in TERMS])
def test_terms(term, latex):
    assert LatexWriter(KZ).term(term) == latex


STATEMENTS = [
    (gt(Lambda, 1), r"\Lambda > 1"),
    (ge(n, 1), r"n \geq 1"),
    (ne(n, 1), r"n \neq 1"),
    (chain(phi_min, phi_off, phi_ex), r"\hat\varphi_{min} < \hat\varphi_{off} < \hat\varphi_{ex}"),
    (And((gt(n, 1), gt(tau, 1))), r"n > 1\quad\text{and}\quad \tau > 1"),
    (Or((gt(n, 1), gt(tau, 1))), r"n > 1\quad\text{or}\quad \tau > 1"),
    (Implies(gt(n, 1), gt(tau, 1)), r"n > 1 \;\Longrightarrow\; \tau > 1"),
    (Iff(gt(n, 1), gt(tau, 1)), r"n > 1 \;\Longleftrightarrow\; \tau > 1"),
    (ForAll(z, ForAll(w, lt(z, w))), r"z < w \quad\text{for all } z, w > 0"),
    (UniqueRoot(1 - z, z), r"1-z = 0 \quad\text{for exactly one } z > 0"),
    (Maximiser(n - z, z, n, sp.S.Zero, sp.oo), r"n = \operatorname*{arg\,max}_{z > 0} \;(n-z)"),
    (Implies(And((gt(n, 1), gt(tau, 1))), eq(n, 2)), r"\left(n > 1\quad\text{and}\quad \tau > 1\right)"),
]


@pytest.mark.parametrize(("prop", "latex"), STATEMENTS, ids=[latex for _, latex in STATEMENTS])
def test_statements(prop, latex):
    assert LatexWriter(KZ).statement(prop).startswith(latex)


def test_fractions_stand_on_the_line_within_a_sentence():
    writer = LatexWriter(KZ)
    prop = lt(f_I / (f_p * (Lambda - 1)), 1)
    assert writer.inline_statement(prop) == r"f_I/[f_p (\Lambda-1)] < 1"
    assert writer.statement(prop) == r"\frac{f_I}{f_p (\Lambda-1)} < 1"


@pytest.mark.parametrize("term", [sp.sin(tau), sp.Float(0.5), sp.I, sp.Integral(tau, tau), sp.Max(tau, n)])
def test_what_has_no_notation_is_refused(term):
    with pytest.raises(TermError):
        LatexWriter(Notation()).term(term)


@pytest.mark.parametrize(("term", "text"), [
    (phi_min * (f_I / (f_p * (Lambda - 1))) ** (1 / k), "φ̂_min·(f_I/(f_p·(Λ − 1)))^(1/(σ − 1))"),
    (f_p * (Survival(phi_min) - 1), "f_p·[1 − G(φ̂_min) − 1]"),
    (tau**2 / 2 - n, "τ²/2 − n"),
    (p_off**alpha, "(p_I^off)^α"),
    (total(phi_min, tau_I), "dφ̂_min/dτ_I"),
])  # fmt: skip
def test_terms_on_a_terminal(term, text):
    assert PlainWriter(KZ).term(term) == text
