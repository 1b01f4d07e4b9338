"""What is kept of claims is what is found of them, and is told only when its files and its theorems are right."""

import gzip
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from symhet import catalogue, papers
from symhet.cli.accounting import keep, kept_account
from symhet.cli.kept import Kept, KeptAccount, fresh_accounts, replayed, statement_digest, supported
from symhet.cli.rooms import ACCOUNTS, rooms
from symhet.cli.running import How, Replay, Run, leaves, replay_leaf
from symhet.keeping import STORE
from symhet.language import statements as s
from tests.cli.conftest import SOUND
from tests.small_claims import claim, fail, fail_without, hold

SAMPLE = ("kz.eq12", "kz.A.2", "kz.eq3", "kz.R.3.equality", "bo.eq13", "bo.result1", "bo.varieties.before")
KEYS = papers.keys()
CLAIMS = {claim.id: claim for key in KEYS for row in papers.ledger(key) for claim in row.walk()}


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """Return a room with a small paper of which everything is kept."""
    folder = tmp_path_factory.mktemp("kz")
    (folder / "claims.py").write_text("CLAIMS = ()\n")
    run = Run(SOUND.claims, How(export=True))
    run.execute(1)
    assert keep(SOUND, run.accounts(), folder, 1) == len(list(SOUND.walk()))
    return folder


@pytest.fixture
def copied(room, tmp_path):
    return shutil.copytree(room, tmp_path / "room")


def lines(room):
    return gzip.decompress((room / ACCOUNTS).read_bytes()).decode().split("\n")


def rewrite(room, change):
    """Change the line of each account, and seal it as one that was never changed."""
    head, *accounts = lines(room)
    made = [change(KeptAccount.of(head, line)).line(head) for line in accounts]
    (room / ACCOUNTS).write_bytes(gzip.compress("\n".join([head, *made]).encode()))
    return Kept({"kz": room})


def anew(name):
    run = Run([CLAIMS[name]], How(export=True))
    run.execute(1)
    return run.accounts()[0]


def require_kept(name):
    key = name.partition(".")[0]
    kept = Kept({key: rooms()[key]})
    if not kept.fresh():
        pytest.skip("what is kept is of other files and is not told: make claims")
    assert kept.account(name) == kept_account(anew(name))


@pytest.mark.parametrize("name", SAMPLE)
def test_what_is_kept_is_what_is_found(name):
    require_kept(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", CLAIMS)
def test_all_that_is_kept_is_what_is_found(name):
    require_kept(name)


def test_every_claim_of_a_paper_is_kept():
    for key, place in rooms().items():
        kept = Kept({key: place})
        assert not kept.fresh() or [row.id for row in kept.rows(key)] == [row.id for row in papers.ledger(key)]
        assert not kept.fresh() or kept.title(key) == papers.ledger(key).title
    listed = Kept(rooms()).listed()
    assert listed == sorted(listed, key=lambda key: (catalogue.find_paper(key).place, key))


def test_a_kept_claim_is_told_as_it_was_found(room):
    kept = Kept({"kz": room})
    assert kept.fresh()
    run, replay = Run(SOUND.claims, How(export=True)), Replay(kept.rows("kz"), kept, How(export=True))
    run.execute(1)
    replay.execute(1)

    def timeless(brief):
        record = {**brief.record, "seconds": 0}
        return replace(brief, seconds=0.0, record=record, parts=tuple(map(timeless, brief.parts)))

    assert list(map(timeless, replay.briefs(full=True))) == list(map(timeless, run.briefs(full=True)))


def test_a_file_of_another_room_makes_accounts_stale(copied):
    assert Kept({"kz": copied}).fresh()
    with (copied / "claims.py").open("a") as file:
        file.write("MORE = ()\n")
    assert not Kept({"kz": copied}).fresh()


@pytest.mark.parametrize("name", [STORE, ACCOUNTS, "another.py"])
def test_changed_stores_and_new_files_make_accounts_stale(name, copied):
    (copied / name).write_bytes(gzip.compress(b"nothing\tat all\n"))
    assert not Kept({"kz": copied}).fresh()


def test_no_accounts_are_not_fresh(copied):
    (copied / ACCOUNTS).unlink()
    assert not Kept({"kz": copied}).fresh()
    (copied / ACCOUNTS).write_bytes(b"no archive")
    assert not Kept({"kz": copied}).fresh()


@pytest.mark.parametrize(
    ("found", "instead"), [("refuted", "proved"), ("sign is wrong", "sign is right"), ("a + b", "a")]
)
def test_a_changed_word_breaks_the_seal(found, instead, copied):
    head, *accounts = lines(copied)
    wrong = next(line for line in accounts if line.startswith("kz.eq12\t"))
    assert found in wrong
    (copied / ACCOUNTS).write_bytes(gzip.compress("\n".join([head, wrong.replace(found, instead)]).encode()))
    with pytest.raises(LookupError):
        Kept({"kz": copied}).account("kz.eq12")


FORGED = {
    "another verdict": lambda kept: replace(kept, brief=replace(kept.brief, verdict="proved")),
    "another statement": lambda kept: replace(kept, statement=statement_digest(s.FALSE)),
    "no theorems": lambda kept: replace(kept, theorems=()),
    "the theorems of another text": lambda kept: replace(
        kept, theorems=tuple((name, digest[::-1]) for name, digest in kept.theorems)
    ),
    "theorems that are not there": lambda kept: replace(
        kept, theorems=tuple((name[::-1], digest) for name, digest in kept.theorems)
    ),
    "another correction": lambda kept: replace(kept, corrected=statement_digest(s.FALSE)),
}


@pytest.mark.parametrize("how", FORGED)
def test_what_theorems_do_not_say_is_not_told(how, copied):
    kept = rewrite(copied, FORGED[how])
    assert kept.replayed("kz.eq12") is None


def test_what_does_not_replay_is_judged_anew(copied):
    kept = rewrite(copied, FORGED["no theorems"])
    assert replay_leaf(replace(kept.brief("kz.eq12"), id="kz.eq11"), kept).verdict == "proved"


def test_a_theorem_is_made_by_the_core_alone(copied):
    store = dict(line.split("\t") for line in gzip.decompress((copied / STORE).read_bytes()).decode().splitlines())
    assert {replayed(text).says for text in store.values()} == {"holds", "fails"}
    from symhet.language.refusals import Refusal

    holds = next(text for text in store.values() if '"says":"holds"' in text)
    with pytest.raises(Refusal):
        replayed(holds.replace('"says":"holds"', '"says":"fails"'))


@pytest.mark.parametrize(("argue", "verdict"), [(hold, "proved"), (fail, "refuted"), (fail_without, "proved-with")])
def test_each_verdict_needs_its_theorems(argue, verdict):
    run = Run([claim("x", "claim", argue)], How(export=True))
    run.execute(1)
    [told] = run.accounts()
    kept = kept_account(told)
    theorems = [replayed(text) for text in told.exported]
    assert kept.brief.verdict == verdict
    assert supported(kept, theorems)
    for place in range(len(theorems)):
        assert not supported(kept, theorems[:place] + theorems[place + 1 :])
    for other in {"proved", "refuted", "proved-with", "inconsistent", "error"} - {verdict}:
        if not (verdict == "proved-with" and other in ("proved", "refuted")):
            assert not supported(replace(kept, brief=replace(kept.brief, verdict=other)), theorems)


def test_a_process_that_has_loaded_the_papers_judges_these():
    assert fresh_accounts() is None


def test_a_fresh_claim_is_shown_without_sympy():
    code = (
        "import sys\nfrom symhet.cli import main\nfrom symhet.cli.kept import fresh_accounts\n"
        "kept = fresh_accounts(['kz'])\nmain(['show', 'kz.eq12'], standalone_mode=False)\n"
        "assert ('sympy' in sys.modules) == (kept is None)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "verdict" in result.stdout


def test_anew_and_kept_print_the_same():
    def shown(*words):
        command = [sys.executable, "-m", "symhet", "show", "kz.eq12", *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert shown() == shown("--anew")


def test_leaves_of_a_paper_are_those_of_its_accounts(room):
    kept = Kept({"kz": room})
    found = [leaf.id for row in kept.rows("kz") for leaf in leaves(row)]
    assert found == [leaf.id for row in SOUND for leaf in leaves(row)]
