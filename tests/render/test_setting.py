"""What documents state before their claims: equations of different regimes apart, headings with their tables."""

import re

import pytest
import sympy as sp

from symhet.claims import Claim, Witness, judge, refuted
from symhet.context import Context
from symhet.derivation import Derivation, Line
from symhet.propositions import eq, gt, lt
from symhet.render.accounts import Account, Told, account
from symhet.render.blocks import Document, Heading, Listing, Paragraph, write_latex
from symhet.render.documents import Teller
from symhet.render.latex import LatexWriter
from symhet.render.notation import Notation
from symhet.render.setting import Setting

a, b, m = sp.symbols("a b m", positive=True)
PLAIN = Notation()
SHARED, FIRST, SECOND = eq(b, 2 * a + 1), eq(m, a + b), eq(m, a * b + 1)


def told(name, *hypotheses):
    """Return the account of a claim whose derivation supposes some equations."""
    return supposing(name, *((f"h{hash(prop)}", prop) for prop in hypotheses))


def supposing(name, *named):
    line = Line("derive", "step", gt(a + b, 0), "It is positive:")
    theorems = (Told("holds", line.prop, named),)
    return Account(f"kz.{name}", "derived", "A paper", "x", "", "proved", "e", theorems=theorems, lines=(line,))


def stated(*entries, rooms=None):
    """Return the sentences of the setting with the tags of the equations that follow each."""
    teller = Teller(LatexWriter(PLAIN), Setting.of(entries, LatexWriter(PLAIN), rooms))
    found = []
    for block in teller.setting():
        if isinstance(block, Paragraph):
            found.append((block.text, []))
        else:
            found[-1][1].append((block.display.number, block.display.lines[0]))
    return found


def test_equations_for_the_same_symbol_say_where_they_are_used():
    entries = [told("e1", SHARED, FIRST), told("e2", FIRST, SHARED), told("e3", SHARED, SECOND), told("e4", SECOND)]
    rooms = {"kz.e1": '"Early"', "kz.e2": '"Early"', "kz.e3": '"Late"', "kz.e4": '"Late"'}
    found = stated(*entries, rooms=rooms)
    assert [words for words, _ in found] == [
        "The derivations below start from",
        'Derivations in "Early" also start from',
        'Derivations in "Late" also start from',
    ]
    assert [tags for _, tags in found] == [
        [("S.1", "b = 1+2 a")],
        [("S.2", "m = a+b")],
        [("S.3", "m = 1+a b")],
    ]


def test_one_equation_for_each_symbol_needs_no_such_words():
    found = stated(told("e1", SHARED, FIRST), told("e2", FIRST, SHARED), told("e3", SHARED))
    assert [words for words, _ in found] == ["The derivations below start from"]


def test_without_rooms_the_claims_themselves_are_named():
    found = stated(told("e1", FIRST), told("e2", FIRST), told("e3", SECOND), told("e4", SECOND))
    assert "Derivations in kz.e1 and kz.e2 also start from" in [words for words, _ in found]


def test_a_heading_stays_with_the_table_under_it():
    table = Listing(("symbol", "meaning"), (("$a$", "a letter"),))
    document = Document("x", "X", "A paper", (Heading(2, "Symbols"), table, Heading(2, "Claims"), Paragraph("Words.")))
    text = write_latex(document, PLAIN)
    assert re.search(r"\\room\n\\subsection\{Symbols\}\n+\\begin\{longtable\}", text)
    assert text.count("\\room\n") == 1
    assert text.index(r"\newcommand{\room}") < text.index(r"\begin{document}")


@pytest.mark.parametrize(("value", "is_told"), [({a: 3, b: 1}, False), ({a: 3, m: 1}, True)])
def test_a_counterexample_leaves_out_what_nothing_mentions(value, is_told):
    point = {symbol: sp.Integer(number) for symbol, number in value.items()}
    claim = Claim(
        "kz.x", "claim", "A paper", "x",
        lambda: refuted(Derivation(Context({"m": gt(m + 1, 1)} if is_told else {})), lt(a, 2), Witness(point), "No."),
    )  # fmt: skip
    assert dict(account(judge(claim)).witness) == ({"a": "3", "m": "1"} if is_told else {"a": "3"})


def test_equations_are_numbered_in_the_order_in_which_they_appear():
    used = [(("one", FIRST),), (("two", SHARED), ("other", FIRST)), (("two", SHARED),)]
    accounts = [supposing(place, *named) for place, named in enumerate(used)]
    setting = Setting.of(accounts, LatexWriter(PLAIN))
    assert [prop for _, prop in setting.numbered] == [FIRST, SHARED]
