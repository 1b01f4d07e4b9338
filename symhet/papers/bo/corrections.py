"""The paper's faults, each where it begins, its implicit hypotheses, and what was not judged."""

from __future__ import annotations

from symhet.exposition import Correction, Corrections, Says

SUBSTANCE = (
    Correction(
        "bo.eq16",
        r"The relocation cutoff for any share $s_n$ of births is $(1-s_n)(1-\phi)a_R^\alpha=\phi(s_n+s_E-1)a_X^\alpha$",
        r"The term $(s_E-s_n)a_D^\alpha$ is missing on the right. With it, the cutoffs, the mass of firms and $\bar "
        r"m^*$ of the long run do not depend on $s_n$; only $a_R$ does",
        "The relocation cutoff (16) lacks a term: in the long run, where firms are born changes neither cutoffs nor "
        "welfare",
    ),
    Correction(
        "bo.migration-better.before",
        "The small nation is always better off allowing relocation",
        r"Before entry and exit relocation makes it strictly worse off at every trade cost, whether footholds are "
        r"portable or sunk in each market: $\bar m^*$ is lower. After entry and exit it is exactly as well off with "
        r"relocation as without",
        "Relocation makes the small nation strictly worse off before entry and exit, and never better off",
    ),
    Correction(
        "bo.sustain.before.portable",
        r"Full agglomeration starts at $\phi_S=((1-s_E)/s_E)^{1/\beta}$ before entry and exit too",
        r"There $a_D$ is autarky's, and the point is $(1-s_E)^{1/\beta}/s_E$. It lies above $\phi_S$, and below one "
        r"if and only if $s_E^\beta>1-s_E$",
        "Before entry and exit the sustain point is higher, and for many parameters there is none",
    ),
    Correction(
        "bo.result3.before.sunk",
        "Relocation has two phases and ends with all firms in the large nation",
        "Before entry and exit no convention on footholds gives all of it. With sunk footholds firms move in order of "
        "efficiency, but never all; with portable ones all may move, but not in order",
        "No one convention on footholds supports Result 3 before entry and exit",
    ),
    Correction(
        "bo.eq9",
        r"The equilibrium without relocation, equal demand per firm and the effects of freer trade hold at every "
        r"$\phi$",
        r"They hold for $\phi<((1-s_E)/s_E)^{1/\beta}$. Beyond, all firms are Northern, (9) gives a share above one, "
        r"$a_D^\rho=s_E\kappa$ and $B>B^*$",
        "Without relocation the printed equilibrium ends at the sustain point: beyond it the South has no firms",
    ),
    Correction(
        "bo.trade-effects.masses",
        "Freer trade raises the mass of firms in the large nation",
        r"Its share rises; its mass stays below the value of autarky at every $\phi$ below the sustain point",
        "Freer trade raises the large nation's share of firms, not their mass above autarky's",
    ),
    Correction(
        "bo.trade-effects.exporters",
        "Freer trade raises the mass of exporters and exports in both nations",
        "In the South both first rise and then fall, to zero at the sustain point",
        "Freer trade raises exporters and exports of both nations only at first; in the South they then fall",
    ),
    Correction(
        "bo.result5.large.XX.trend",
        "The large nation's average cost falls as trade gets freer (figure 5 and Result 5)",
        "In phase XX, and after entry and exit in DD, it is lower with relocation than without, but it turns: the last "
        "firms to come are less efficient than its average. Before entry and exit it can end above its value without "
        "relocation, where nearly all firms have moved",
        "Freer trade with relocation can lower the large nation's productivity",
    ),
    Correction(
        "bo.result5.small.DD.before",
        "In phase DD freer trade can move the small nation's productivity either way, before entry and exit",
        r"It lowers it: $a_D$ does not change, and only the loss of efficient firms is left",
        "In phase DD before entry and exit, freer trade always lowers the small nation's productivity",
    ),
    Correction(
        "bo.result5.small.DD.after",
        "In phase DD freer trade can move it either way after entry and exit too",
        r"For $\rho\geq1$ it lowers the small nation's productivity; selection by the domestic cutoff is weaker than "
        "the loss",
        "In phase DD after entry and exit it does so too, for every Pareto exponent rho of at least one",
    ),
    Correction(
        "bo.varieties.after",
        "In phase DD relocation reduces the number of varieties sold in the small market",
        "After entry and exit it raises it at every trade cost: movers are few and large, and Northern exporters take "
        "their places",
        "After entry and exit, relocation raises the number of varieties in the small market",
    ),
    Correction(
        "bo.varieties.before",
        "Phase DD is said to have fewer varieties in the small market before entry and exit too",
        "With portable footholds the small market has more varieties where phase DD begins and fewer where it ends; "
        "with sunk footholds it has more throughout",
        "Before entry and exit, relocation reduces varieties in the small market only towards the end of phase DD",
    ),
    Correction(
        "bo.close.share",
        r"Both polar cases keep $s_n=s_E$",
        r"With instantaneous entry and exit $s_n>s_E$ by (9). The polar cases agree in cutoffs, mass of firms and "
        "welfare",
        "The polar cases differ in the share of births, and agree in welfare",
    ),
    Correction(
        "bo.fn4",
        r"Different beachhead costs $F_D\neq F_X$ play no role",
        r"Formulas keep their form with $\phi^\beta(F_D/F_X)^{\beta-1}$ in the place of $\phi^\beta$, but the sustain "
        r"point moves, and if $s_E(F_D/F_X)^{\beta-1}\leq1-s_E$ there is none",
        "Different beachhead costs at home and abroad move the sustain point",
    ),
    Correction(
        "bo.eq6",
        "Autarky's cutoff and mass hold for all parameters",
        r"They need $\kappa=(\beta-1)f_I/f\leq1$. Otherwise every draw produces: $a_D=1$ and $n=E/(f+f_I)$",
        "Autarky's cutoff lies in the support of costs only under a bound on fixed costs that the paper does not state",
    ),
)

OTHERS = (
    Correction(
        "bo.eq14.sunk",
        r"The gain (14) of a firm that sells at home only leaves out a second foothold",
        r"So it is if footholds are portable; then figure 3 and Result 2 fail, since the gain jumps up at the export "
        r"cutoff. With $F$ sunk in each market, as section 2 has it, figure 3, Result 2 and the order of moves hold "
        r"and (14) is $[B-(1-\phi)B^*]a^{1-\sigma}/(\sigma\delta)-F$",
    ),
    Correction(
        "bo.general-share",
        r"The North's share of births exceeds $s_E$ in the general model",
        r"The conditions of the long run admit any share up to that without relocation, also below $s_E$; what it is "
        "depends on a law of motion. Welfare does not depend on it",
    ),
    Correction(
        "bo.freeness",
        r"$\phi=t^{1-\sigma}$ runs from zero to one as $t$ falls to zero",
        r"$t^{1-\sigma}$ is one at $t=1$. With $1+t$ units shipped per unit sold it is $(1+t)^{1-\sigma}$",
    ),
    Correction(
        "bo.fn15",
        "Global free entry equates operating profit with sunk costs",
        r"Operating profit is a flow and sunk costs are stocks: the equation needs $\delta=1$. The condition on $n^w$ "
        "is right",
    ),
    Correction(
        "bo.two-phases",
        r"Phase DD starts below $\phi_P$",
        r"$a_R/a_X$ rises with $\phi$ and reaches one at $\phi_P$: DD starts above it",
    ),
    Correction(
        "bo.eq21",
        r"$n^w$ has $s_n/s_E-\phi^\beta$ in its denominator, so that the mass of firms rises",
        r"$n^w=(1-1/\beta)/[f(1+\phi^\beta)]$: it falls. The paragraph below says both",
    ),
    Correction(
        "bo.abar-XX",
        r"The South's average in XX takes D-types between $a_R$ and $a_D$",
        r"They lie between $a_X$ and $a_D$; the last terms are those of $a_D$ less those of $a_X$",
    ),
    Correction(
        "bo.regularity-rho", r"The regularity condition is $\rho>1-\sigma$", r"It is $\rho>\sigma-1$, that is $\beta>1$"
    ),
    Correction("bo.eq23", "The last bracket of (23) has no exponent", r"It has the exponent $1/\rho$, as in (22)"),
    Correction(
        "bo.special-case",
        r"The derivative at $\sigma=\rho=2$ holds for all fixed costs",
        r"It lacks the factor $(f_I/f)^{1/2}$; its sign is right",
    ),
    Correction(
        "bo.welfare",
        r"With income $I$ per head, welfare is $\mu\ln\mu+\frac{\mu}{\sigma-1}\ln\bar m^*+I-\mu$",
        r"The constant $\mu\ln(1-1/\sigma)$ is missing; comparisons are not touched",
    ),
    Correction("bo.eq31", r"The bracket of (31) has $ff_I$", r"It has $f_I/f$, as (17) does"),
)

CORRECTIONS = Corrections(
    (*SUBSTANCE, *OTHERS),
    (
        Says(r"$\kappa=(\beta-1)f_I/f\leq1$ in every regime with an interior cutoff", rests="bo.eq6"),
        Says(r"$\phi<((1-s_E)/s_E)^{1/\beta}$ wherever the South has firms without relocation", rests="bo.eq9"),
        Says(r"$\beta>1$, that is $\rho>\sigma-1$, where the paper prints $\rho>1-\sigma$", rests="bo.regularity"),
        Says(r"$s_n=s_E$ in (16), (22) and (25)", rests="bo.eq16 bo.eq22 bo.eq25"),
        Says(
            "An initial geography of autarky: the paper's first stage fixes masses and the domestic cutoff",
            rests="bo.eq12",
        ),
    ),
    (
        "Sections 1 and 5, which motivate and sum up, but for two claims on the small nation that stand nowhere else",
        "The six differential equations of section 3.3, of which none is written down",
        "Anticipation and the path of prices during adjustment: the appendix of the paper treats neither",
    ),
)
