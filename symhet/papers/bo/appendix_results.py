"""The results of the second paper as corollaries of the lemmas on its regimes."""

from __future__ import annotations

import sympy as sp

from symhet.exposition import Item, Says, Title, shows
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.model import delta
from symhet.papers.bo.symbols import Z as MOVED
from symhet.papers.bo.symbols import a, beta_2, front, gain_X, gamma, speed
from symhet.papers.bo.symbols import gain as v
from symhet.propositions import And, Iff, chain, eq, lt
from symhet.provers import tactics as via

KAPPA = sp.Symbol("kappa", positive=True)
PARTITION = (1 - m.s_E) / m.s_E
SUSTAIN = PARTITION ** (1 / m.beta)
PER_DEMAND = (1 - m.phi) / (m.sigma * delta) * a ** (1 - m.sigma)
"""What an exporter gains by moving, per unit of the difference of demands."""


def _other(symbol: sp.Symbol, mark: str) -> sp.Symbol:
    """Return the symbol of another economy: 0 without relocation, 2 with freer trade."""
    return sp.Symbol(f"{symbol.name}_{mark}", **symbol.assumptions0)


STAY: tuple[Item, ...] = (
    Title("Results"),
    Says(
        r"By Lemma 2, $B=B^*$ while both nations have firms. An exporter then earns the same in both nations and a "
        "firm that does not export would have to pay for a second foothold, so that no firm gains by moving. Beyond "
        r"the sustain point $B>B^*$, and no Northern firm wants to leave.",
        "Result 1.",
        rests="bo.result1",
    ),
    Says(r"By (9), the larger nation has more than its share of firms:", "Home market effect."),
    shows(
        And((lt(m.s_E, m.n / (m.n + m.N_star)), lt((1 + m.Omega) / (1 - m.Omega), (1 + m.phi) / (1 - m.phi)))), "bo.HME"
    ),
    Says(
        r"and the slope $(1+\phi^\beta)/(1-\phi^\beta)$ is below the $(1+\phi)/(1-\phi)$ of homogeneous firms. With "
        r"$\phi<\phi_2$, freer trade lowers the domestic cutoff, raises the export cutoff and the North's share, and "
        "lowers the masses of firms in the South and in the world:"
    ),
    shows(
        And(
            (
                lt(_other(m.a_D, "2"), m.a_D),
                lt(m.a_X, _other(m.a_X, "2")),
                lt(_other(m.N_star, "2"), m.N_star),
                lt(_other(m.n, "2") + _other(m.N_star, "2"), m.n + m.N_star),
            )
        ),
        "bo.trade-effects",
    ),
    Says(
        r"The mass of Northern firms does not rise above its autarky value, $n<s_E(1-1/\beta)/f$. The average cost of "
        "either nation falls.",
        rests="bo.trade-effects bo.pro-productivity",
    ),
)

MOVE: tuple[Item, ...] = (
    Says(
        r"After entry and exit, Lemma 5 has an equilibrium in phase XX for $\phi\leq\phi_P$, in phase DD for "
        r"$\phi_P\leq\phi\leq\phi_S$, and with all firms in the North for $\phi\geq\phi_S$. The share of Southern "
        "firms that move rises with $\\phi$, and the phases meet at the points between them, which are in order:",
        "Results 3 and 4.",
        rests="bo.result3.after",
    ),
    shows(chain(PARTITION, SUSTAIN, sp.S.One), "bo.order-points"),
    Says(r"and $\phi_S$ rises with $\beta$, to one; for $\beta<\beta_2$"),
    shows(
        And((lt(SUSTAIN, PARTITION ** (1 / beta_2)), lt(1 - SUSTAIN, (2 * m.s_E - 1) / (m.beta * (1 - m.s_E))))),
        "bo.result4.after bo.order-points",
    ),
)

PRODUCTIVITY: tuple[Item, ...] = (
    Says(
        "Compare average costs with and without relocation at the same trade cost, with $0$ for the economy without. "
        "In phase XX, before and after entry and exit,",
        "Result 5.",
    ),
    shows(
        And((lt(m.abar, _other(m.abar, "stay")), lt(_other(m.abar_star, "stay"), m.abar_star))),
        "bo.result5.large.XX.after bo.result5.small.XX.after",
    ),
    Says(
        r"so that relocation adds to the large nation's productivity and takes from the small nation's. This does not "
        "say that freer trade always raises productivity in the North: the last firms to come are less efficient than "
        r"its average, which therefore rises with $\phi$ before $\phi_P$ if nations are of similar size, and in phase "
        "DD towards full agglomeration. After entry and exit it stays below its value without relocation, in phase DD "
        "too; before entry and exit it stays below autarky's, but where nearly all firms have moved it can exceed its "
        "value without relocation.",
        rests="bo.result5.large.XX.trend bo.result5.large.DD.before bo.result5.large.DD.after "
        "bo.result5.large.DD.level-before",
    ),
    Says(
        r"In phase DD the South's firms are those between $a_R$ and $a_D$. After entry and exit the share of its sales "
        r"that moved, $Z=(a_R/a_D)^\alpha$, is $\phi^\beta s_E/(1-s_E)$, and the average cost of its firms is"
    ),
    shows(
        eq(
            m.abar_star,
            m.alpha
            / (1 + m.alpha)
            * (1 - MOVED ** (1 + 1 / m.alpha))
            / (1 - MOVED)
            * (KAPPA / (1 + m.Omega)) ** (1 / m.rho),
        ),
        "bo.eq23",
        "23",
    ),
    Says(
        r"It rises with $\phi$, before entry and exit for every $\rho$, after it for $\rho\geq1$, and lies above its "
        "value without relocation in both.",
        rests="bo.result5.small.DD.before bo.result5.small.DD.after bo.result5.small.DD.level "
        "bo.result5.small.DD.level-before",
    ),
)

WELFARE: tuple[Item, ...] = (
    Says(
        r"With an income $I$ per head, welfare is $\mu\ln(1-1/\sigma)+\mu\ln\mu+\frac{\mu}{\sigma-1}\ln\bar m+I-\mu$, "
        r"so that nations compare economies by $\bar m$ and $\bar m^*$. Freer trade raises both, in every regime below "
        "its sustain point:",
        "Results 6 and 7.",
        rests="bo.welfare bo.large-welfare bo.result6",
    ),
    shows(
        And((lt(m.mbar, _other(m.mbar, "2")), lt(m.mbar_star, _other(m.mbar_star, "2")))),
        "bo.large-welfare.after bo.result6.after",
    ),
    Says(
        r"Relocation does not help the South. After entry and exit, Lemma 5 has the same $a_D$ as Lemma 2, for every "
        r"share of births; with $0$ for the economy without relocation,"
    ),
    shows(eq(m.mbar_star, _other(m.mbar_star, "0")), "bo.eq26", "26"),
    Says(
        r"Before entry and exit, compare the South's demand with and without relocation: at the same $\phi$, "
        r"$y=(a_X/a_D)^{\sigma-1}$ solves $y+\phi y^\beta=\phi$ with relocation and "
        r"$y+[s_E/(1-s_E)]\phi y^\beta=\phi$ without. The second root is smaller. With sunk footholds "
        r"$(1-\phi)(a_R/a_D)^\alpha y$ is taken from the left side of the second equation, and its root is larger than "
        "without relocation too. Hence"
    ),
    shows(
        And((lt(_other(m.B_star, "0"), m.B_star), lt(m.mbar_star, _other(m.mbar_star, "0")))),
        "bo.migration-better.before",
    ),
)

VARIETIES: tuple[Item, ...] = (
    Says(
        "Movers are few and large, and Northern exporters take their places. After entry and exit the South is sold "
        "more varieties with relocation than without it, at every trade cost; before entry and exit too if footholds "
        "are sunk. If they are portable, D-types that move give up the South: it has more varieties where phase DD "
        "begins and fewer where it ends.",
        "Varieties.",
        rests="bo.varieties",
    ),
    Says(
        r"The general model leaves $s_n$ open: any share up to that of (9) is one, also one below $s_E$. With "
        r"instantaneous entry and exit it is that of (9), above $s_E$.",
        "The share of births.",
        rests="bo.general-share bo.close.share bo.dependence",
    ),
    Says(
        r"If beachheads cost $F_D$ at home and $F_X$ abroad, $\phi^\beta$ is replaced by "
        r"$\phi^\beta(F_D/F_X)^{\beta-1}$ throughout. The sustain point moves, and if "
        r"$s_E(F_D/F_X)^{\beta-1}\leq1-s_E$ the last firm never leaves.",
        "Footnote 4.",
        rests="bo.fn4",
    ),
)

ADJUSTMENT: tuple[Item, ...] = (
    Title("Adjustment over time"),
    Says("While firms move, with $2$ for a later date, the North gets more competitive and the South less,"),
    shows(And((lt(_other(m.B, "2"), m.B), lt(m.B_star, _other(m.B_star, "2")))), "bo.value-declines.XX"),
    Says(
        "so that any given firm gains less by moving, and the process slows down. At costless trade no firm gains, "
        "whichever markets it serves, and any location of firms is an equilibrium.",
        rests="bo.value-declines bo.costless",
    ),
    Says(
        r"Let $\tilde a$ be the cost of the firms that are just moving and $v$ their gain: $v_X$ of firms of this cost "
        r"in phase XX, $v_D$ in phase DD. Firms that have moved number $n^*(\tilde a/a_D)^\rho$, and the flow of "
        r"movers makes the firm on the move indifferent:"
    ),
    shows(
        eq(v, gamma * m.rho * sp.Symbol("n_star", positive=True) * front ** (m.rho - 1) * speed / m.a_D**m.rho),
        "bo.flow",
    ),
    Says("The gain of an X-type is zero where"),
    shows(
        Iff(eq(gain_X, 0), eq(m.B, m.B_star)),
        "bo.eq28.portable",
        "28",
        by=(via.both(via.linear({h.premise: 1 / PER_DEMAND}), via.identity(h.premise)),),
    ),
    Says(
        r"so that the process ends at $a_R$ of Lemma 4 if footholds are portable, and at $B>B^*$ if they are sunk.",
        rests="bo.eq28 bo.eq30",
    ),
)

RESULTS: tuple[Item, ...] = (*STAY, *MOVE, *PRODUCTIVITY, *WELFARE, *VARIETIES, *ADJUSTMENT)
