"""Which claims of Baldwin and Okubo go into which document, with the figures redrawn from the computed model."""

from __future__ import annotations

from functools import partial

from symhet.render.planning import PaperPlan, Picture, Plan, section

_ECONOMY = "Drawn at $\\sigma=4$, $\\rho=4.25$, $s_E=0.6$ and equal costs of innovation and beachhead."

_WEIGHTS = Picture(
    "bo-figure2",
    "Figure 2, redrawn",
    "Freer trade without relocation, North: the weight that a cost has in the average, for $\\phi=0.2$ and "
    "$\\phi=0.5$ (primed cutoffs). The weight of exporters rises a little, that of others falls a lot; firms between "
    "the two export cutoffs change groups, and those between the two domestic cutoffs exit. The rising curve is "
    "$a^\\alpha$, which both weights multiply. " + _ECONOMY,
)
_GAINS = Picture(
    "bo-figure3",
    "Figure 3, redrawn",
    "What a Southern firm gains by moving when trade has just opened, at $\\phi=0.4$. The paper draws one falling, "
    "kinked curve. With (14), where a firm that sells at home only carries its foothold along, the gain jumps up at "
    "the export cutoff. If it has to pay for a new foothold, as the beachhead costs of section 2 have it, the gain is "
    "continuous there and negative for high costs. " + _ECONOMY,
)
_GEOGRAPHY = Picture(
    "bo-figure4",
    "Figure 4, redrawn",
    "Who produces where at $\\phi=0.5$, before entry and exit: the density of firms over unit costs, by place of "
    "production and of birth. The most efficient Southern firms, all of them exporters, have moved. " + _ECONOMY,
)
_MOVED_WEIGHTS = Picture(
    "bo-figure5",
    "Figure 5, redrawn",
    "Freer trade with relocation, after entry and exit: the weight that a cost has in each nation's average, for "
    "$\\phi=0.2$ and $\\phi=0.5$. The South loses its most efficient firms, and weight shifts to high costs. In the "
    "North weight shifts from the very lowest costs to those of the firms that arrive. " + _ECONOMY,
)
_CUTOFFS = Picture(
    "bo-cutoffs",
    "Cutoffs and the freeness of trade",
    "Before entry and exit the domestic cutoff stays at its level of autarky, and with portable footholds the sustain "
    "point lies above the printed one, where a part of the Southern firms is left; after entry and exit the domestic "
    "cutoff falls and the printed sustain point is right. To the right "
    "of the partitioning point firms move that do not export. " + _ECONOMY,
)
_SUSTAIN = Picture(
    "bo-sustain",
    "The sustain point",
    "The sustain point against β, at $s_E=0.6$. The printed formula is that of the long run. Before entry and exit, "
    "with portable footholds, the sustain point is higher and exceeds one for large β: then there is never full "
    "agglomeration. With footholds sunk in each market there is no sustain point at all.",
)
_PRODUCTIVITY = Picture(
    "bo-productivity",
    "Average costs",
    "Average unit input of both nations, after entry and exit, with and without relocation. In the North the average "
    "is lower with relocation, but it does not fall all the way as trade gets freer: it turns before the partitioning "
    "point. In the South it rises over most of the range, but falls at first. " + _ECONOMY,
)

_section = partial(section, "bo")

PLAN = PaperPlan(
    r"A firm's unit cost $a$ is a draw from $G[a]=a^\rho$ on the unit interval, $\rho=\beta(\sigma-1)$; as in the "
    r"paper, $\alpha=1-\sigma+\rho$. Every average over firms is an integral of a power of costs. Demands per firm "
    r"$B$ and $B^*$, the masses of firms and all cutoffs are unknowns of the equilibrium. The costs "
    r"$f=\sigma\delta F$ and $f_I=\sigma\delta F_I$ are scaled, as in the paper. An index 0 marks the economy without "
    "relocation, 2 one with freer trade, DD one in phase DD, each beside the economy itself.",
    (
        Plan(
            "section_2",
            "section_2",
            "Section 2: the model and autarky",
            "Tastes, prices, the value of a firm, and the closed economy, from preferences and technology.",
            (
                _section("Tastes, wages and demand", "eq1 wages eq2 freeness"),
                _section("A firm's value and its cutoff", "eq3 value fn4"),
                _section("Free entry and autarky", "eq4 eq5 eq6 regularity"),
            ),
        ),
        Plan(
            "section_3_1",
            "section_3_1",
            "Section 3.1: trade without relocation",
            "Trade with free entry in both nations while firms stay where they are born: four cutoffs and two masses. "
            "Beyond the sustain point the South has no firm of its own; the printed solution ends there.",
            (
                _section("Cutoffs and masses", "eq7 eq7-same eq8 eq9 B-equal HME fn9"),
                _section("Freer trade", "trade-effects inter-industry"),
                _section("Average cost and its weights", "eq10 weights fn11 fig2 eq11 pro-productivity", _WEIGHTS),
            ),
        ),
        Plan(
            "section_3_2_before",
            "section_3_2_before",
            "Section 3.2: relocation before entry and exit",
            "Autarky's firms meet trade; Southern firms may move, and nobody enters or leaves. Claims that depend on "
            "whether a mover carries its foothold along say so.",
            (
                _section("The gain from moving", "eq12 eq13 eq14 fig3 B-initial value-declines costless", _GAINS),
                _section("Exporters move", "eq15 B-solved eq16 eq17 eq17-unique two-phases eq18", _GEOGRAPHY),
                _section("Firms without exports move", "eq19 eq20 rising"),
                _section("Full agglomeration", "sustain.before full-agglomeration.before", _SUSTAIN),
            ),
        ),
        Plan(
            "section_3_2_after",
            "section_3_2_after",
            "Section 3.2: relocation after entry and exit",
            "The same with free entry, each nation's share of births as in autarky.",
            (
                _section("Masses and cutoffs", "B-entry eq21 eq21-text pressure fn15 pro-rata eq22 entry-DD", _CUTOFFS),
                _section("Full agglomeration", "sustain.after order-points skewness full-agglomeration.after"),
                _section(
                    "Average cost",
                    "abar-XX fig5-south abar-DD eq23 eq23-factors fn16 regularity-rho special-case",
                    _MOVED_WEIGHTS,
                ),
            ),
        ),
        Plan(
            "section_3_3_4",
            "section_3_3_4",
            "Sections 3.3 and 4: the long run and welfare",
            "The long run leaves the nations' shares of births free; welfare depends on the two price indices.",
            (
                _section("The long run", "dependence eq24 six-equations general-share"),
                _section("Welfare", "welfare eq25 eq26 close large-welfare migration-better varieties"),
            ),
        ),
        Plan(
            "relocation_process",
            "process",
            "Appendix: the process of relocation",
            "Firms move one after another against an adjustment cost.",
            (_section("Adjustment", "eq27 first-instant order eq28 flow eq29 eq30 eq31"),),
        ),
        Plan(
            "results",
            "results",
            "Results 1-7",
            "The paper's results, each judged before and after entry and exit where the two differ.",
            (
                _section("Trade without relocation", "result1"),
                _section("Who moves", "result2 result3 result4"),
                _section("Productivity", "result5", _PRODUCTIVITY),
                _section("Welfare", "result6 result7"),
            ),
        ),
    ),
)
