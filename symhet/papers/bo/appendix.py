"""The model of the second paper as an author's appendix: one lemma a regime, the results as corollaries."""

from __future__ import annotations

import sympy as sp

from symhet.exposition import Exposition, Item, Name, Says, Title, shows
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.appendix_results import KAPPA, RESULTS
from symhet.papers.bo.model import delta
from symhet.papers.bo.symbols import Z as MOVED
from symhet.papers.bo.symbols import a, kept, toll
from symhet.papers.bo.symbols import gain_D as GAIN_D
from symhet.papers.bo.symbols import gain_X as GAIN_X
from symhet.papers.bo.symbols import phi_P as PARTITION
from symhet.papers.bo.symbols import phi_S as SUSTAIN
from symhet.propositions import And, Iff, Implies, eq, gt, lt
from symhet.provers.tactics import linear

NAMES = (
    Name(KAPPA, r"\kappa", m.kappa),
    Name(MOVED, "Z", m.Omega * m.s_E / (1 - m.s_E)),
    Name(PARTITION, r"\phi_P", (1 - m.s_E) / m.s_E),
    Name(SUSTAIN, r"\phi_S", ((1 - m.s_E) / m.s_E) ** (1 / m.beta)),
    Name(
        GAIN_X,
        "v_X",
        a ** (1 - m.sigma) * (m.B + m.phi * m.B_star) / (m.sigma * delta)
        - a ** (1 - m.sigma) * (m.phi * m.B + m.B_star) / (m.sigma * delta),
    ),
    Name(
        GAIN_D,
        "v_D",
        a ** (1 - m.sigma) * (m.B + m.phi * m.B_star * kept) / (m.sigma * delta)
        - a ** (1 - m.sigma) * m.B_star / (m.sigma * delta)
        - toll / (m.sigma * delta),
    ),
)

_SIZE = (1 - 1 / m.beta) / m.f
_O = m.Omega


SETTING: tuple[Item, ...] = (
    Title("The model"),
    Says(
        r"A firm of unit cost $a$ that sells in the North from within earns $a^{1-\sigma}B/(\sigma\delta)$, in the "
        r"South $\phi a^{1-\sigma}B^*/(\sigma\delta)$; $B=s_E/\bar m$ and $B^*=(1-s_E)/\bar m^*$ are the demands per "
        r"firm, with world expenditure as the unit, and $\bar m$, $\bar m^*$ the weighted sums of selling costs. Fixed "
        r"costs are scaled: $f=\sigma\delta F$ and $f_I=\sigma\delta F_I$. Costs are drawn from $G[a]=a^\rho$ on the "
        r"unit interval, $\rho=\beta(\sigma-1)$ and $\alpha=1-\sigma+\rho$, so that"
    ),
    shows(
        And((eq(m.sales(0, m.a_D), m.rho / m.alpha * m.a_D**m.alpha), eq(m.fixed(m.a_D), m.a_D**m.rho))),
        "bo.eq9",
        by=(linear({h.J_a_D: m.rho}), linear({h.K_a_D: m.rho})),
    ),
    Says(
        r"for every cutoff. Each firm that sells in a market pays its beachhead there. We write "
        r"$\kappa=(\beta-1)f_I/f$."
    ),
    Says(
        r"A firm that sells in both nations, of cost below the export cutoff, is an X-type, and one that sells at home "
        r"only a D-type. Where Southern firms may move they do so from the most efficient on, those below $a_R$; "
        r"migration is in phase XX while the marginal mover is an X-type, $a_R\leq a_X$, and in phase DD once it is a "
        r"D-type, $a_R\geq a_X$.",
        "Types and phases.",
    ),
)

AUTARKY: tuple[Item, ...] = (
    Title("Autarky"),
    Says(
        r"Let $\kappa\leq1$. Zero cutoff profit, $a_D^{1-\sigma}B=f$, and free entry, "
        r"$f(\rho/\alpha-1)a_D^\rho=f_I$, give in each nation",
        "Lemma 1.",
    ),
    shows(
        And((eq(m.a_D**m.rho, KAPPA), eq(m.n, m.s_E * _SIZE), eq(m.B, m.f * m.a_D ** (m.sigma - 1)))), "bo.eq12", "12"
    ),
    Says(
        r"since $\rho/\alpha-1=1/(\beta-1)$ and expenditure on the North's firms is $nB\,\rho "
        r"a_D^{1-\sigma}/\alpha=s_E$. If $\kappa>1$, the cutoff lies outside the support and every draw produces.",
        rests="bo.eq6",
    ),
)

OPEN: tuple[Item, ...] = (
    Title("Trade without relocation"),
    Says(
        r"The four cutoff conditions tie the export cutoffs to the domestic cutoffs of the market that is served, "
        r"$a_X=\phi^{1/(\sigma-1)}a_D^*$ and $a_X^*=\phi^{1/(\sigma-1)}a_D$. Free entry becomes",
        "Lemma 2.",
    ),
    shows(
        And((eq(m.a_D**m.rho + _O * m.a_D_star**m.rho, KAPPA), eq(_O * m.a_D**m.rho + m.a_D_star**m.rho, KAPPA))),
        "bo.eq9",
    ),
    Says(r"in the North and, as long as firms are born there, in the South. Therefore"),
    shows(
        And((eq(m.a_D**m.rho, KAPPA / (1 + _O)), eq(m.a_D, m.a_D_star), eq(m.B, m.B_star))),
        "bo.eq9 bo.eq7-same bo.B-equal",
    ),
    Says("and the two market conditions,"),
    shows(And((eq(m.n + _O * m.N_star, m.s_E * _SIZE), eq(_O * m.n + m.N_star, (1 - m.s_E) * _SIZE))), "bo.eq9"),
    Says("give the masses"),
    shows(
        And(
            (
                eq(m.n + m.N_star, _SIZE / (1 + _O)),
                eq(m.n / (m.n + m.N_star), sp.Rational(1, 2) + (1 + _O) / (1 - _O) * (m.s_E - sp.Rational(1, 2))),
            )
        ),
        "bo.eq9",
        "9",
    ),
    shows(eq(m.N_star, _SIZE * (1 - m.s_E - _O * m.s_E) / (1 - _O**2)), "bo.eq9"),
    Says(
        r"Southern firms exist if and only if $\phi<\phi_S=((1-s_E)/s_E)^{1/\beta}$. Beyond $\phi_S$ only the North's "
        r"free entry binds: all firms are Northern, $a_D^\rho=s_E\kappa$ and $B>B^*$. Neither (9) nor what follows "
        "from it holds there.",
        rests="bo.eq9 bo.B-equal",
    ),
)

OPENING: tuple[Item, ...] = (
    Title("Relocation before entry and exit"),
    Says(
        r"When trade opens, $a_D$ and the masses are autarky's, and each nation's exporters have a cutoff of their "
        r"own. The market conditions are",
        "Lemma 3 (before anyone moves).",
    ),
    shows(
        And(
            (
                eq(m.a_D**m.alpha * m.B, m.f * (m.a_D**m.rho - (1 - m.s_E) / m.s_E * m.a_X_star**m.rho)),
                eq(m.a_D**m.alpha * m.B_star, m.f * (m.a_D**m.rho - m.s_E / (1 - m.s_E) * m.a_X**m.rho)),
            )
        ),
        "bo.eq13",
    ),
    Says(
        r"with $a_X^\rho=(\phi B^*/f)^\beta$ and $(a_X^*)^\rho=(\phi B/f)^\beta$. If $B\leq B^*$, the second right "
        r"side is below the first, a contradiction; so $B>B^*$. By moving, a Southern X-type gains"
    ),
    shows(
        And((eq(GAIN_X, (1 - m.phi) * (m.B - m.B_star) / (m.sigma * delta) * a ** (1 - m.sigma)), gt(GAIN_X, 0))),
        "bo.eq13",
        "13",
    ),
    Says(
        r"A Southern D-type gains $v_D$. If it carries its foothold along, as (14) has it, the "
        r"first value holds; if it has to sink $F$ again, as section 2 has it, the second. There $v_D$ is below the "
        r"first value, and negative for the least efficient firms:",
        "Footholds.",
    ),
    shows(eq(GAIN_D, (m.B - m.B_star) / (m.sigma * delta) * a ** (1 - m.sigma)), "bo.eq14.portable", "14"),
    shows(
        eq(GAIN_D, (m.B - (1 - m.phi) * m.B_star) / (m.sigma * delta) * a ** (1 - m.sigma) - m.f / (m.sigma * delta)),
        "bo.eq14.sunk",
    ),
    Says(
        r"At the export cutoff $\phi B a^{1-\sigma}=f$. There the second equals $v_X$, and the gain falls in $a$ "
        r"throughout, as figure 3 and Result 2 have it. The first is $v_X/(1-\phi)$: the gain jumps up at the export "
        r"cutoff, and Result 2 holds for firms below $(1-\phi)^{1/(\sigma-1)}a_X^*$ only. In what follows footholds "
        "are portable, unless it is said that they are sunk.",
        rests="bo.fig3 bo.result2",
    ),
    Says(
        r"Suppose that firms with $a<a_R$ have moved and the marginal one is indifferent, $B=B^*$. Moving shifts "
        r"selling costs between the markets but leaves $\bar m+\bar m^*$ as it was, so that",
        "Lemma 4 (after firms have moved).",
    ),
    shows(
        And(
            (
                eq(m.B * (m.mbar + m.mbar_star), 1),
                eq(m.B * (m.a_D**m.alpha + m.phi * m.a_X**m.alpha), m.f * m.a_D**m.rho),
            )
        ),
        "bo.eq17",
    ),
    Says(r"whoever has moved. With $\phi a_X^{1-\sigma}B=f$ this determines the export cutoff,"),
    shows(eq((m.a_X / m.a_D) ** (m.sigma - 1) + m.phi * (m.a_X / m.a_D) ** m.rho, m.phi), "bo.eq17"),
    Says(
        r"whose left side rises in $a_X/a_D$ from zero: there is one root, and it lies below $\phi^{1/(\sigma-1)}$. "
        r"The division of expenditure, $s_E\bar m^*=(1-s_E)\bar m$, then gives $a_R$. In phase XX",
        rests="bo.eq17-unique",
    ),
    shows(eq(m.a_R**m.alpha, m.phi * (2 * m.s_E - 1) / ((1 - m.phi) * (1 - m.s_E)) * m.a_X**m.alpha), "bo.eq17", "17"),
    Says("and in phase DD"),
    shows(eq(m.a_R**m.alpha, m.phi * m.s_E / (1 - m.s_E) * m.a_X**m.alpha), "bo.eq20", "20"),
    Says(
        r"The share of exporters rises with $\phi$, and $a_R$ with it, in both phases. Both factors are one at the "
        r"partitioning point $\phi_P=(1-s_E)/s_E$:",
        rests="bo.rising.XX.before bo.rising.DD.before.portable",
    ),
    shows(Iff(eq(m.a_R, m.a_X), eq(m.phi, PARTITION)), "bo.eq18", "18"),
    Says(
        r"For full agglomeration put $a_R=a_D$ into (20). By the equation for the export cutoff this is "
        r"$s_E(a_X/a_D)^\rho=(1-s_E)[1-(a_X/a_D)^\rho]$, so that $(a_X/a_D)^\rho=1-s_E$ and"
    ),
    shows(Iff(eq(m.a_R, m.a_D), eq(m.phi, (1 - m.s_E) ** (1 / m.beta) / m.s_E)), "bo.sustain.before"),
    Says(
        r"This point lies above the printed $\phi_S$, and below one if and only if $s_E^\beta>1-s_E$. For larger "
        r"$\beta$ no trade cost makes all firms leave.",
        rests="bo.sustain.before.portable bo.full-agglomeration.before.portable",
    ),
    Says(
        r"The marginal D-type then has to earn its second foothold, $a_R^{1-\sigma}[B-(1-\phi)B^*]=f$, and moves end "
        "with",
        "If footholds are sunk.",
    ),
    shows(And((Implies(lt(m.a_X_star, m.a_R), lt(m.B_star, m.B)), lt(m.a_R, m.a_D))), "bo.eq20.sunk"),
    Says(
        r"for every $\phi$: a firm of cost $a_D$ just covers one foothold and cannot pay for two, though $a_R$ rises "
        r"with $\phi$. No convention gives all of Result 3 before entry and exit. With sunk footholds firms move in "
        r"order, but never all of them; with portable ones all may move, but where "
        r"$(1-\phi)^\beta(1-s_E)<\phi(2s_E-1)$ D-types above $a_X$ gain more than some exporters.",
        rests="bo.result3.before bo.order bo.rising.DD.before.sunk",
    ),
)

LONG_RUN: tuple[Item, ...] = (
    Title("Relocation with entry and exit"),
    Says(
        r"Relocation alone leaves a draw worth less than it costs. With the demand of Lemma 4 a newborn firm sells at "
        r"home up to a cost $a$ with $(a/a_D)^{\sigma-1}+(a_X/a_D)^\rho=1$, so that $a<a_D$, and expects "
        r"$f(a^\rho+a_X^\rho)/(\beta-1)<f a_D^\rho/(\beta-1)=f_I$. Once entry and exit are free, firms leave.",
        rests="bo.pressure",
    ),
    Says(
        r"Let entry be free as well and let a share $s_n$ of firms be born in the North. The cutoff conditions with "
        r"$B=B^*$ give $a_X=\phi^{1/(\sigma-1)}a_D$, free entry is $(1+\phi^\beta)a_D^\rho=\kappa$, and "
        r"$B(\bar m+\bar m^*)=1$ fixes the mass of firms. For every $s_n$,",
        "Lemma 5.",
    ),
    shows(
        And((eq(m.a_D**m.rho, KAPPA / (1 + _O)), eq(m.a_X**m.rho, _O * KAPPA / (1 + _O)), eq(m.n_w, _SIZE / (1 + _O)))),
        "bo.eq24",
    ),
    Says(
        r"These are the values without relocation (Lemma 2). The South's selling costs follow from its cutoff, "
        r"$\bar m^*=(1-s_E)/(f a_D^{\sigma-1})$, and are the same too. Only $a_R$ depends on $s_n$. In phase XX"
    ),
    shows(
        eq(m.a_R**m.alpha, (m.s_E - m.s_n + _O * (m.s_E + m.s_n - 1)) / ((1 - m.phi) * (1 - m.s_n)) * m.a_D**m.alpha),
        "bo.eq24",
    ),
    Says("and in phase DD"),
    shows(eq(m.a_R**m.alpha, (m.s_E * (1 + _O) - m.s_n) / (1 - m.s_n) * m.a_D**m.alpha), "bo.sustain.after"),
    Says(
        r"At $s_n=s_E$, the case of section 3.2, the first is (17) and the second (20), the partitioning point is "
        r"$\phi_P$ as before, and full agglomeration starts at the printed sustain point:"
    ),
    shows(Iff(eq(m.a_R, m.a_D), eq(m.phi, SUSTAIN)), "bo.sustain.after"),
)

APPENDIX = Exposition(
    "Appendix",
    "The paper's equilibria in its symbols, one lemma for each regime, and its results as corollaries. What is wrong "
    "in the print is corrected (see the corrections). Equation numbers are the paper's.",
    m.domain().assumptions,
    NAMES,
    (*SETTING, *AUTARKY, *OPEN, *OPENING, *LONG_RUN, *RESULTS),
)
