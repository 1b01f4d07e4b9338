"""What a terminal shows says what was meant: read back by the language's parser, it has the same values."""

import re

import pytest

from symhet import papers
from symhet.claims import judge
from symhet.propositions import ForAll, Maximiser, UniqueRoot, free_symbols
from symhet.render.accounts import account
from symhet.render.notation import notation_for
from symhet.render.plain import PlainWriter
from symhet.render.readable import readable
from symhet.render.written import appendix_of
from tests.judged import accounts, find
from tests.render.reading_back import RELATION, Latex, Plain, same
from tests.render.reading_statements import PlainStatement, agree, of_prop

PAPERS = papers.keys()
CLAIMS = [claim for key in PAPERS for claim in papers.ledger(key).walk()]
_CUT = re.compile(
    r"\\(?:equiv|Leftrightarrow|Rightarrow|iff|leq?|geq?|neq?|to|quad|qquad|uparrow|downarrow)(?![A-Za-z])|\\ |[=<>:;]"
)


def cut(latex):
    """Cut a print into its terms; words, and lists and intervals, are left out."""
    latex = re.sub(r"(?<![\^_{])\\text\{[^{}]*\}", "=", latex)
    pieces, depth = [""], 0
    for token in re.findall(r"\\[A-Za-z]+|\\.|.", latex):
        depth += {"{": 1, "}": -1, "(": 1, "[": 1, ")": -1, "]": -1}.get(token, 0)
        if not depth and (_CUT.fullmatch(token) or token == ","):
            pieces.append("")
        else:
            pieces[-1] += token
    return [piece.strip() for piece in pieces if re.search(r"\w", piece)]


def is_term(latex):
    return not re.search(
        r"\\in(?![A-Za-z])(?!\\Omega)|\\begin|\\end|\\min|\\max|\\cdot|[=<>&]|^\([^()]*(?:,|\\[lg]e|\\to)|\.", latex
    )


TERMS = {(claim.id.partition(".")[0], term): claim.id for claim in CLAIMS for term in cut(claim.shown) if is_term(term)}


def test_every_print_has_its_terms_tried():
    tried = {claim.id for claim in CLAIMS if any(map(is_term, cut(claim.shown)))}
    words = {c.id for c in CLAIMS if not re.sub(r"\\text\{[^{}]*\}|\\;|\\Rightarrow|\s", "", c.shown)}
    assert {claim.id for claim in CLAIMS} == tried | words


@pytest.mark.parametrize(("key", "term"), TERMS, ids=[f"{claim}-{n}" for n, claim in enumerate(TERMS.values())])
def test_printed_terms_read_back(key, term):
    letters = notation_for(key).letters
    text = readable(term, letters)
    assert same(Plain().value(text), Latex(term, letters).value()), text


def test_relations_stand_in_the_text():
    for claim in CLAIMS:
        text = readable(claim.shown, notation_for(claim.id[:2]).letters)
        assert not re.search(r"[\\$]", text), text
        assert bool(RELATION.search(text)) >= bool(re.search(r"[^_{]=", claim.shown.replace(r"\text", ""))), text


def read_back(props, key):
    """Return the statements that do not read back as what they are."""
    writer = PlainWriter(notation_for(key))
    wrong = []
    for prop in dict.fromkeys(props):
        named = [symbol for _, symbol in writer.notation.abbreviations]
        named += writer.notation.quotients.values()
        reader = PlainStatement(writer.notation, {*named, *free_symbols(prop), *bound_symbols(prop)})
        text = writer.statement(prop)
        if not agree(reader.skeleton(text), of_prop(prop, reader.of_name)):
            wrong.append(text)
    return wrong


def bound_symbols(prop):
    own = {prop.variable} if isinstance(prop, ForAll | UniqueRoot | Maximiser) else set()
    inside = [getattr(prop, name) for name in ("body", "premise", "conclusion", "left", "right") if hasattr(prop, name)]
    return own.union(*map(bound_symbols, [*inside, *getattr(prop, "parts", ())]))


@pytest.mark.parametrize("key", PAPERS)
def test_formulas_of_the_appendix_read_back(key):
    exposition = appendix_of(key)
    assert not read_back([exposition.unfolded(shown.prop) for shown in exposition.formulas], key)


@pytest.mark.parametrize("identifier", ["bo.eq9", "kz.eq12", "kz.R.2.extensive", "kz.C-unique.root", "kz.eq3"])
def test_a_claim_reads_back(identifier):
    assert not read_back(account(judge(find(identifier))).statements, identifier[:2])


@pytest.mark.slow
@pytest.mark.parametrize("key", PAPERS)
def test_statements_of_all_claims_read_back(key):
    told = [entry for row in accounts(key) for entry in row.walk()]
    assert not read_back((prop for entry in told for prop in entry.statements), key)
