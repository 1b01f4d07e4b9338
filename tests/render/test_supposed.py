"""What documents say is assumed of the distribution is what the certificates use."""

import sympy as sp

from symhet.algebra.tails import SUPPORT, Density, Survival, TailMoment
from symhet.claims import Claim, judge, proved
from symhet.derivation import Derivation
from symhet.lemmas import SCHEMAS, instance
from symhet.propositions import gt, lt, terms
from symhet.provers.tactics import lemma, sign
from symhet.render.accounts import account
from symhet.render.latex import LatexWriter
from symhet.render.notation import Notation
from symhet.render.supposed import CONTINUOUS, DENSITY, FIRMS, LEMMAS, UNBOUNDED, of_distribution
from symhet.rules.base import Context

x, y, k = sp.symbols("x y k", positive=True)
INSIDE = Context({"in": lt(SUPPORT, x), "order": lt(x, y), "far": lt(SUPPORT, y)})


def supposed(goal, by):
    claim = Claim("kz.x", "claim", "A paper", "x", lambda: proved(Derivation(INSIDE), goal, by, "So"))
    return of_distribution([account(judge(claim))], LatexWriter(Notation()))


def test_every_lemma_about_tails_says_what_it_supposes():
    arguments = {1: (x,), 2: (x, y), 3: (x, y, k)}
    about_tails = set()
    for name, schema in SCHEMAS.items():
        given = arguments[schema.__code__.co_argcount]
        premises, conclusion = instance(name, given)
        if any(term.has(Survival, TailMoment, Density) for prop in (*premises, conclusion) for term in terms(prop)):
            about_tails.add(name)
    assert about_tails == set(LEMMAS)


def test_only_what_a_proof_uses_is_told():
    positive = supposed(gt(Density(x), 0), lemma("density_positive", x))
    assert DENSITY in positive
    assert UNBOUNDED not in positive
    falls = supposed(lt(Survival(y), Survival(x)), lemma("tail_survival_falls", x, y))
    assert FIRMS in falls
    assert "moment" not in falls
    moment = supposed(gt(TailMoment(x, k), 0), sign())
    assert moment.endswith("its moment of order $k$ is finite.")
    assert CONTINUOUS not in moment


def test_claims_without_a_distribution_suppose_nothing_of_it():
    claim = Claim("kz.x", "claim", "A paper", "x", lambda: proved(Derivation(Context()), gt(x, 0), sign(), "So"))
    assert of_distribution([account(judge(claim))], LatexWriter(Notation())) == ""
