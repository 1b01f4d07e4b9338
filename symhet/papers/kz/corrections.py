"""The paper's faults, each where it begins, its implicit hypotheses, and what was not judged."""

from __future__ import annotations

from symhet.exposition import Correction, Corrections, Says

SUBSTANCE = (
    Correction(
        "kz.eqC2",
        r"Free entry is written with $U$, the integral of efficiencies at the prices that firms pay, in all three "
        r"brackets of (C.2) and (C.3)",
        r"The first bracket then contains the gain of offshorers, "
        r"$f_I\hat\varphi_{off}^{1-\sigma}T(\hat\varphi_{off})$, which the second adds again. The condition is "
        r"$f_pj(\hat\varphi_{min})+f_Ij(\hat\varphi_{off})"
        r"+nf_{ex}j(\hat\varphi_{ex})=f_e$ with $j(\varphi)=\varphi^{1-\sigma}T(\varphi)-[1-G(\varphi)]$. The first "
        r"exponent of (C.2) is misprinted besides; it is $1-\sigma$",
        "Free entry (C.2), (C.3) counts the gain from offshoring twice",
    ),
    Correction(
        "kz.R.2.aggregate",
        r"Cheaper offshoring raises total exports and total trade",
        r"It raises every incumbent's exports and lowers the export cutoff, but it does not raise total exports for "
        r"every distribution: firms that begin to offshore take spending from all others. The appendix has the exact "
        r"condition; it holds for every Pareto distribution, and can fail where many firms stand at "
        r"$\hat\varphi_{off}$",
        "Cheaper offshoring can lower a country's exports and total trade, though each exporter sells more",
    ),
    Correction(
        "kz.fI-trade.intermediates",
        r"A lower fixed cost of offshoring raises imports of intermediates",
        r"Competition also costs incumbent offshorers sales. Where many firms stand at $\hat\varphi_{ex}$ imports "
        r"can fall; they rise exactly under the condition in the table of verdicts",
        "A lower fixed cost of offshoring can lower imports of intermediates",
    ),
    Correction(
        "kz.R.4-variety.price",
        r"Whatever happens to the number of varieties, average prices fall enough",
        r"The price index falls for every distribution. The average price of varieties sold can rise, and the gain "
        r"then comes from more varieties",
        "Welfare rises, but not always through lower average prices",
    ),
    Correction(
        "kz.tau-channel.tau",
        r"With a lower $\tau$ or $f_{ex}$, competition at home stems from new foreign exporters alone",
        r"A lower $\tau$ also lowers the prices of foreign incumbents. A lower $f_{ex}$ acts through new exporters "
        r"alone if the mass of entrants and the other cutoffs are held fixed; in equilibrium they are not",
        "Competition from lower trade costs does not stem from new foreign exporters alone",
    ),
    Correction(
        "kz.intensity.exports",
        "Exports and total trade respond more, the larger the share of intermediates in production",
        r"A larger $\alpha$ can also leave fewer firms that source at home and lose to offshorers. With a Pareto "
        "distribution the response can be smaller",
        "A larger share of intermediates can weaken the response of trade",
    ),
    Correction(
        "kz.A3-violated.aggregate",
        "Where only exporters offshore, larger exports of the remaining exporters make up for the higher export cutoff",
        "Where many exporters stand at the cutoff, exports of all firms can fall as offshoring gets cheaper",
        "Where only exporters offshore, cheaper offshoring can lower a country's exports",
    ),
    Correction(
        "kz.A.2-width.f_p",
        r"The interval of relative prices that A.2 admits widens with $f_p$",
        r"It shrinks: $\tilde p_1$ rises with $f_p$, and $\tilde p_2$ does not contain it",
        "The interval of A.2 shrinks with the fixed cost of production",
    ),
    Correction(
        "kz.A.2-width.f_I",
        r"The interval shrinks with $f_I$",
        r"Both thresholds fall with $f_I$. Relative to the lower one the upper one is largest in the middle of the "
        r"values that A.3 admits, and the interval can widen",
        "The interval of A.2 can widen with the fixed cost of offshoring",
    ),
    Correction(
        "kz.A.2-violations.A.2",
        r"If A.2 fails, all firms offshore",
        r"So it is if the relative price lies below $\tilde p_1$. If it lies above $\tilde p_1$ and $\tilde p_2$, the "
        r"least productive survivors can be better off with domestic intermediates",
        "If A.2 fails from above, not all firms need offshore",
    ),
    Correction(
        "kz.A.2-violations.A.3-groups",
        r"If A.3 fails, only exporters offshore and others stay at home",
        r"If A.3 fails, no relative price satisfies A.2. Where A.1 holds and the price lies above $\tilde p_2$ and "
        r"below $\tilde p_1$, all survivors offshore and export. Exporters come first if and only if "
        r"$f_p<\tau^{\sigma-1}f_{ex}$ and $\tau^{\sigma-1}f_{ex}(1+n\tau^{1-\sigma})(\Lambda-1)<f_I$, which is "
        r"possible although A.3 holds",
        "The regime in which only exporters offshore is not the failure of A.3",
    ),
)

OTHERS = (
    Correction(
        "kz.C-unique.discontinuity.moving",
        r"The ZCP curve is said to jump at $\hat\varphi_{off}$",
        r"It does so if $p_I(\cdot)$ is held fixed as a function of productivity. Along the curve the cutoffs move "
        r"together by (12) and (14), and it is continuous",
    ),
    Correction(
        "kz.edge.some",
        r"The advantage of foreign suppliers must be large enough for offshoring to pay for some firms",
        r"A.1 alone makes it pay for every firm that sells enough. What the upper threshold of A.2 says is that the "
        r"first firms to offshore do not export",
    ),
    Correction(
        "kz.R.4.efficiency-sold",
        r"Average efficiency rises as offshoring gets cheaper",
        r"True of $\tilde\phi$, the average over home firms, for every distribution; false of $\tilde\phi_t$, which "
        r"counts new exporters once in each market at their efficiency deflated by $\tau$",
    ),
    Correction(
        "kz.R.2-sigma.equilibrium",
        r"The intensive margin matters more the larger $\sigma$",
        r"True at a given export cutoff, and between equilibria if productivity is Pareto; in general "
        r"$\hat\varphi_{ex}$ can move with $\sigma$ and turn the comparison round",
    ),
    Correction(
        "kz.profits.wage-income",
        r"Profits fall with the domestic wage",
        r"At given spending $E_X$; but $E_X=\beta wL$ rises with the wage, and with $(1-\alpha)(\sigma-1)<1$ the "
        "profit of firms that sell enough does not fall at a given price index",
    ),
    Correction(
        "kz.share.stable",
        "The share of intermediates in trade stays the same",
        "Nothing in the model keeps it where it is; as offshoring gets cheaper it rises exactly under the condition in "
        "the table of verdicts, and can fall",
    ),
    Correction(
        "kz.aggregates.average-firm",
        r"$R_X=Mr(\tilde\phi)$, and average profit is $\pi(\tilde\phi)$",
        r"$r$ and $\pi$ are not defined for the average firm, which may or may not export and offshore; under no "
        r"strategy do both hold. (19), which averages within groups, is right",
    ),
    Correction(
        "kz.labour.entry",
        r"$L_e=Mf_e$ with $M$ the mass of producing firms",
        r"$L_e=Mf_e/[1-G(\hat\varphi_{min})]$: entrants that fail have paid $f_e$ too. $L_e=M\bar\pi/w$ is right",
    ),
    Correction(
        "kz.relative-output.text",
        r"$x(\phi')/x(\phi'')=(\phi''/\phi')^\sigma$",
        r"$x(\phi')/x(\phi'')=(\phi'/\phi'')^\sigma$",
    ),
    Correction("kz.eq3", r"The price index is integrated over $k$", r"The variable of integration is $\omega$"),
)

CORRECTIONS = Corrections(
    (*SUBSTANCE, *OTHERS),
    (
        Says(
            r"Firms between the first two cutoffs, and at them. If there are none, imports in value and labour do not "
            r"move, and (22) to (24) and (D.1) hold with equality",
            rests="kz.eqD1.equality kz.R.3.equality",
        ),
        Says("A density that has a value at the cutoffs, wherever aggregates are differentiated", rests="kz.R.3.cif"),
        Says(
            r"A moment of $G$ of an order a little above $\sigma-1$; the paper has one of that order", rests="kz.eqC1"
        ),
    ),
    (
        "Sections 1, 2 and 5, which motivate and sum up, but for two claims on the model that stand nowhere else",
        "Figures 1 to 3 and the evidence on firms in section 3.3: they are data",
        "What holds in the other advanced economies by symmetry, such as balanced trade among them",
        "That trade within firms changes nothing (section 3), that frictions hurt (section 4.3): neither is modelled",
        "Displays of the appendices that are lost in the text at hand: what is judged is a reconstruction",
    ),
)
