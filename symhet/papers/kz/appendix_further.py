"""What section 4 says beside its results: exact conditions, averages, channels, and the regime in which A.3 fails."""

from __future__ import annotations

from symhet.algebra.tails import TailMoment
from symhet.algebra.total import total
from symhet.exposition import Item, Says, Title, shows
from symhet.papers.kz import model as m
from symhet.papers.kz import notation as a
from symhet.papers.kz import symbols as s
from symhet.papers.kz.appendix_names import KEPT, SALES
from symhet.papers.kz.responses import IM_SHARE, IMPORTS, Response, at
from symhet.propositions import And, Iff, Prop, eq, gt, lt


def _exactly(response: Response) -> Prop:
    """Return when a flow rises as its cost falls."""
    return Iff(response.falls, response.condition)


_SOLD = {x: TailMoment(x, m.k) for x in (m.phi_min, m.phi_off, m.phi_ex)}
_ABROAD = m.n * m.tau ** (1 - m.sigma)
_IMPORTS = Iff(
    IMPORTS.falls,
    lt(
        _ABROAD * KEPT * (_SOLD[m.phi_min] - _SOLD[m.phi_off]) * at(m.phi_ex),
        KEPT * (_SOLD[m.phi_off] + _ABROAD * _SOLD[m.phi_ex]) * at(m.phi_min)
        + (SALES - KEPT) * (_SOLD[m.phi_min] + _ABROAD * _SOLD[m.phi_ex]) * at(m.phi_off),
    ),
)

CONDITIONS: tuple[Item, ...] = (
    Says(
        "Imports of intermediates rise for every distribution, so that total trade over income, which is constant, "
        "rises wherever exports do, and so for every Pareto distribution. Where enough firms stand at "
        r"$\hat\varphi_{off}$ exports can fall by more than imports rise, and total trade falls with them.",
        "Total trade.",
        rests="kz.total-trade kz.total-trade.pareto kz.R.3.cif kz.parallel",
    ),
    Says(
        r"The share of intermediates in trade moves with new offshorers and new exporters only. It rises as $\tau_I$ "
        "falls if and only if the former outweigh the latter, as they do for every Pareto distribution:",
        rests="kz.share.pareto",
    ),
    shows(_exactly(IM_SHARE), "kz.share.stable"),
)

SIDES: tuple[Item, ...] = (
    Says(
        "A lower fixed cost of offshoring adds offshorers, but competition costs incumbent ones sales, and some stop "
        r"exporting. With $H=(\Lambda-1)\hat\varphi_{off}^{\sigma-1}[1-G(\hat\varphi_{off})]$, imports of "
        "intermediates rise if and only if",
        r"Lower $f_I$.",
        rests="kz.fI-trade.intermediates.pareto kz.fI-trade.intermediates",
    ),
    shows(_IMPORTS, "kz.fI-trade.intermediates.exactly"),
    Says(
        "as they do for every Pareto distribution. Exports of incumbents fall, so that total trade can move either "
        r"way. If both costs fall together the effects add up: $\hat\varphi_{min}$ and welfare rise and "
        r"$\hat\varphi_{off}$ falls, while $\hat\varphi_{ex}$ and exports can move either way.",
        rests="kz.fI-trade kz.fI-ex kz.fI-welfare kz.R.1 kz.off-falls kz.simultaneous",
    ),
    Says(
        r"With no firms between the first two cutoffs, nor at them, nothing is reallocated: $\hat\varphi_{ex}$, sales "
        "of exporters, imports in value and labour stay where they are, and (22) to (24) are equal to one.",
        "Equality.",
        rests="kz.eqD1.equality kz.R.3.equality",
    ),
)

AVERAGES: tuple[Item, ...] = (
    Says(
        "The average efficiency of home firms rises, since weak firms leave and offshorers pay less, for every "
        "distribution:",
        "Averages.",
    ),
    shows(lt(total(a.mean, m.tau_I), 0), "kz.R.4.efficiency"),
    Says(
        r"Of the average over all varieties sold, $\tilde\phi_t$, this is true only where their mass $M_t$ does not "
        r"rise too much. Its price moves by"
    ),
    shows(
        eq(
            total(s.p_t, m.tau_I) / s.p_t,
            total(m.P_X, m.tau_I) / m.P_X + total(a.M_t, m.tau_I) / ((m.sigma - 1) * a.M_t),
        ),
        "kz.R.4-variety.price",
    ),
    Says(
        r"The price index falls as offshoring gets cheaper, while $M_t$ can move either way. Where many firms stand at "
        r"$\hat\varphi_{ex}$, new exporters can add so many varieties of low efficiency that "
        r"$p(\tilde\phi_t)$ rises and $\tilde\phi_t$ falls.",
        rests="kz.R.4-variety kz.R.4.efficiency-sold",
    ),
)

FIRMS: tuple[Item, ...] = (
    Says(
        "Incumbent offshorers gain profits with revenues and import more. A firm at the offshoring cutoff is "
        "indifferent between the two modes; as an offshorer it gains when the cost falls, and with domestic "
        "intermediates it loses. Of the firms that switch, the most productive therefore gain and the least productive "
        "lose, though each gains by switching.",
        "Who gains.",
        rests="kz.incumbents kz.switchers",
    ),
)

REVERSED: tuple[Item, ...] = (
    Title("Section 4: if only exporters offshore"),
    Says(
        r"Exporters come before offshorers if and only if $f_p<\tau^{\sigma-1}f_{ex}$ and "
        r"$\tau^{\sigma-1}f_{ex}(1+n\tau^{1-\sigma})(\Lambda-1)<f_I$, which is not the failure of A.3. As $\tau_I$ "
        "falls only the offshoring cutoff then falls; marginal exporters source at home and lose:",
        rests="kz.A3-violated.order kz.A3-violated.only-if",
    ),
    shows(
        And((lt(total(m.phi_min, m.tau_I), 0), lt(total(m.phi_ex, m.tau_I), 0), gt(total(m.phi_off, m.tau_I), 0))),
        "kz.A3-violated.tau_I-ex",
    ),
    Says(
        r"A lower fixed cost of offshoring raises the export cutoff as well. As $\tau_I$ falls, exporters that "
        "offshore sell more, and imports of intermediates rise for every distribution; exports of all firms rise for "
        r"every Pareto distribution, but can fall where many exporters stand at $\hat\varphi_{ex}$.",
        rests="kz.A3-violated.f_I-ex kz.A3-violated.exports kz.A3-violated.imports kz.A3-violated.aggregate",
    ),
)
