"""Which claims of Kleinert and Zorell go into which part of the log."""

from __future__ import annotations

from functools import partial

from symhet.render.planning import PaperPlan, Plan, section

_section = partial(section, "kz")

PLAN = PaperPlan(
    r"As in the paper, $\rho=(\sigma-1)/\sigma$. $G$ is the distribution of productivity, with density $g$ and lower "
    r"end of its support $\underline{\varphi}$. It enters through its tails, $1-G(\varphi)$ and "
    r"$T(\varphi)=\int_\varphi^\infty\zeta^{\sigma-1}\,dG(\zeta)$; $T_k(\varphi)$ is the tail moment of order $k$.",
    (
        Plan(
            "model",
            "model",
            "Section 3: the model, derived from preferences and technology",
            "Households, the two homogeneous sectors and the firms of the differentiated sector, each equation derived "
            "from what they maximise. Equation numbers are the paper's.",
            (
                _section("Households", "eq1 eq2 eq3 demand"),
                _section(
                    "Homogeneous goods, wages and intermediates",
                    "eq4 eq5 wages diversification trade-pattern eq6 A.1 eq7",
                ),
                _section(
                    "Cost, price and revenue of a firm", "cost cost-offshoring relative-output eq8 eq9 eq10 profits"
                ),
                _section("Cutoffs", "eq11 eq12 savings exclusive eq13 eq14"),
                _section("Welfare", "eq17 welfare-cutoff welfare-W"),
                _section("Markets", "eq20 eq21 output-X output-W labour balance"),
            ),
        ),
        Plan(
            "appendix_a",
            "AppA",
            "Appendix A: ranking of the cutoff productivities",
            "The assumptions A.1-A.3 order the cutoffs, and only they do; here both directions are proved, and what "
            "happens when one of them fails.",
            (
                _section("The assumptions", "A.2 A.3"),
                _section("The ranking", "AppA AppA-dominated"),
                _section("How much room the assumptions leave", "A.2-width A.2-fI0 A.2-violations edge"),
            ),
        ),
        Plan(
            "appendix_b",
            "AppB",
            "Appendix B: aggregation",
            "Averages of efficiency over the three groups of firms, and the aggregates that they give.",
            (_section("Average efficiency", "eq15 eq16 AppB"), _section("Aggregates", "aggregates")),
        ),
        Plan(
            "appendix_c",
            "AppC",
            "Appendix C: equilibrium of the open economy",
            "Free entry and zero cutoff profit together determine the cutoff of production, and through it everything "
            "else. Nothing but its tails is known of the distribution of productivity.",
            (
                _section("Free entry and zero cutoff profit", "eq18 eq19 eqC1"),
                _section("One equation for one cutoff", "eqC2 eqC3"),
                _section("Existence and uniqueness", "C-unique"),
                _section("Everything else", "C-functions"),
            ),
        ),
        Plan(
            "appendix_d",
            "AppD",
            "Appendix D: comparative statics",
            "The derivatives of the cutoffs, from total differentiation of (C.3) with (12) and (14), for every "
            "distribution of productivity.",
            (
                _section("Offshoring gets cheaper", "D-min D-bound1 eqD1"),
                _section("Other costs and the number of markets", "D-fI D-tau D-fex D-n"),
            ),
        ),
        Plan(
            "results",
            "results",
            "Section 4: results",
            "What the paper concludes from the model, each conclusion judged for every distribution of "
            "productivity first, and for the Pareto distribution where that fails or stays open.",
            (
                _section(
                    "Firms when offshoring gets cheaper",
                    "R.1 curves off-falls prices-fall eq22 eq23 eq24 incumbents switchers",
                ),
                _section(
                    "Trade when offshoring gets cheaper",
                    "R.2 R.2-sigma exporters-mass competitiveness margins R.3 parallel total-trade intensity share",
                ),
                _section("Welfare", "R.4 R.4-variety"),
                _section("When only exporters offshore", "A3-violated"),
                _section("Other costs", "fI-ex fI-welfare fI-trade tau-off tau-channel simultaneous melitz"),
            ),
        ),
    ),
)
