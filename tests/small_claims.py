"""Claims of two symbols with each verdict, for ledgers in the place of the papers' own."""

import sympy as sp

from symhet.claims import Claim, Witness, proved, proved_with, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.propositions import eq, gt, lt
from symhet.provers.tactics import auto, identity, sign

a, b = sp.symbols("a b", positive=True)


def hold():
    d = Derivation(Context({"a>1": gt(a, 1)}))
    d.step("square", eq((1 + a) ** 2, 1 + 2 * a + a**2), "Multiply out:", "(11)", by=identity())
    return proved(d, gt(a**2 + 2 * a, 0), sign(), "Every term is positive:")


def fail():
    truth = Derivation(Context())
    corrected = proved(truth, gt(a + b, a), auto(), "The sum exceeds each of its terms.")
    witness = Witness({a: sp.Rational(1, 2), b: sp.Integer(1)})
    return refuted(Derivation(Context()), lt(a + b, a), witness, "The sign is wrong.", corrected=corrected)


def fail_without():
    condition = gt(a, b)
    holding = proved(Derivation(Context({"a>b": condition})), gt(a, b), auto(), "It is assumed.")
    witness = Witness({a: sp.Integer(1), b: sp.Integer(2)})
    return proved_with(holding, (("a>b", condition),), Derivation(Context()), witness, "It needs a above b.")


def claim(name, kind, argue=None, printed="a > 0", source="A paper, section 1", **more):
    return Claim(f"kz.{name}", kind, source, printed, argue, title=f"about {name}", **more)
