"""Feed the reader of model files with junk for some minutes: ``python tests/model/fuzz.py 600 [SEED]``.

Anything but a model or an error of symhet's own is reported, a file that takes longer than two seconds, and code that
was run. Some files are given as bytes: other encodings, byte-order marks, places that are no files.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from symhet.errors import SymhetError
from symhet.model import read_model
from symhet.model.file import model_of
from symhet.model.toml import parse_document
from symhet.model.world import understood

SLOW = 2.0
ROOT = Path(__file__).parents[2]
JUNK = [
    *("\x00", "σ", "ｘ", "а", "\u202e", "__import__('os').system('x')", "{{}}", "eval(1)", "lambda: 0", "{" * 60),
    *("[" * 400, "(" * 300, "^" * 40, "^9^9^9^9^9", "^999999999", "9" * 5000, "1e400", "nan", "inf", '"', "'''"),
    *('"""', "=", "\\u0000", "d(", "d(d(x)/d(t))/d(t)", "partial(", "for all x > 0: ", "exactly one x > 0: "),
    *("sign of ", " is open", "=>", "<=>", "not ", "abs(", "min(x, ", "integral(z^z, z, 0, inf)", "T(x, T(x))", "S("),
    *("#", "\r\n", "\t", "true", "[parameters]", "max of x for x > 0 at 1"),
    *("'", "'[1,1](", "ln(", "^(", ")", "0", "/0"),
    *("1979-05-27", "07:32:00", "1979-05-27T07:32:00Z", "0x10", "0b1", "1_000", "+inf", "-nan", "6.02e23"),
    *("[[claims]]", "[[parameters]]", "a.b.c = 1", "[parameters.sigma]", "x = { x = { x = 1 } }", "= {}"),
    *("'' = {}", "φ", "ﬁ", "x\u200by"),
    *("x" * 70, "x" * 5000, "^(10^(10^10))", "10^10000", "1/10^400", "0.000000000000000000001", "-" * 300),
    *("not " * 300, "max(" * 90, "x => " * 200, "<" * 20, "x < " * 300, "d(x, x)/d(x)", "dln(0)/dln(x)", "T(x, 1/0)"),
    *("\\input{x}", "$", "$\\def\\x{}$", "^^5cinput", "latex = '\\\\'", "}{", "\\begin{document}", "form = 'x'"),
    *("integral(1/z, z, 0, inf)", "integral(integral(z, z, 0, 1), z, 0, 1)", "exec('open(1)')"),
]  # fmt: skip
MARKER = "/tmp/symhet-fuzz-was-here"
"""What code in a file would leave behind."""
JUNK += [f"open('{MARKER}', 'w')", f"__import__('os').system('touch {MARKER}')", f"`touch {MARKER}`"]
ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "latin-1", "utf-8-sig", "cp1252")


def mutated(lines: list[str], source: random.Random) -> str:
    """Return lines with pieces of junk, doublings, deletions and swaps."""
    lines = list(lines)
    for _ in range(source.randrange(1, 6)):
        spot = source.randrange(len(lines))
        at = source.randrange(len(lines[spot]) + 1)
        way = source.randrange(5)
        if way < 2:
            lines[spot] = lines[spot][:at] + source.choice(JUNK) + lines[spot][at + source.randrange(3) :]
        elif way == 2:
            lines.insert(spot, source.choice(lines))
        elif way == 3:
            del lines[spot]
            lines = lines or [""]
        else:
            lines[spot] = lines[spot][at:] + lines[spot][:at]
    return "\n".join(lines)


def retyped(lines: list[str], source: random.Random) -> str:
    """Return lines with junk inside texts, so that the grammar is reached."""
    lines = list(lines)
    quoted = [spot for spot, line in enumerate(lines) if line.count('"') >= 2]
    for _ in range(source.randrange(1, 4)):
        spot = source.choice(quoted)
        line = lines[spot]
        low, high = line.index('"') + 1, line.rindex('"')
        at = source.randrange(low, high + 1)
        junk = source.choice([piece for piece in JUNK if not set(piece) & set('"\\\r\n\x00')])
        lines[spot] = line[:at] + junk + line[min(high, at + source.randrange(4)) :]
    return "\n".join(lines)


def feed(written: str) -> str:
    """Read a file and everything in it; return what came of it."""
    try:
        world = understood(model_of(parse_document(written)))
        for claim in world.model.claims.values():
            world.said(claim)
    except SymhetError as error:
        return type(error).__name__
    return "model"


def feed_bytes(source: random.Random, lines: list[str], folder: Path) -> str:
    """Read a file in another encoding, cut off or with other ends of lines, or a place that is none."""
    place = folder / "bytes.toml"
    raw = source.choice(("\n", "\r\n", "\r", "\u2028")).join(lines).encode(source.choice(ENCODINGS), "replace")
    place.write_bytes(raw[: source.randrange(len(raw) + 1)])
    named = source.choice(
        (place, place, place, folder, folder / "none.toml", place / "under.toml", folder / ("x" * 300))
    )
    try:
        for claim in (world := understood(read_model(named))).model.claims.values():
            world.said(claim)
    except SymhetError as error:
        return type(error).__name__
    return "model"


def main(seconds: float, seed: int) -> int:
    """Feed junk until the time is over; return how many faults were found."""
    source = random.Random(seed)
    files = [path.read_text().splitlines() for path in sorted(ROOT.glob("examples/**/*.toml"))]
    files += [path.read_text().splitlines() for path in sorted(ROOT.glob("tests/cases/*.toml"))]
    every = [line for lines in files for line in lines]
    outcomes: Counter[str] = Counter()
    faults, stop = 0, time.monotonic() + seconds
    Path(MARKER).unlink(missing_ok=True)
    folder = Path(tempfile.mkdtemp())
    while time.monotonic() < stop:
        way = source.randrange(11)
        if way == 0:
            written = source.randbytes(source.randrange(2000)).decode("latin-1")
        elif way < 2:
            written = "\n".join(source.choice(every) for _ in range(source.randrange(1, 40)))
        else:
            written = (mutated if way < 5 else retyped)(source.choice(files), source)
        started = time.process_time()
        try:
            outcomes[feed_bytes(source, written.split("\n"), folder) if way == 10 else feed(written)] += 1
        except Exception as error:
            faults += 1
            print(f"{type(error).__name__}: {error}\n{written}\n{'-' * 60}", flush=True)
        if time.process_time() - started > SLOW:
            faults += 1
            print(f"slow: {time.process_time() - started:.1f} s\n{written}\n{'-' * 60}", flush=True)
        if Path(MARKER).exists():
            faults += 1
            print(f"code was run:\n{written}\n{'-' * 60}", flush=True)
            Path(MARKER).unlink()
    print(f"seed {seed}: {sum(outcomes.values())} files, {faults} faults; {dict(outcomes.most_common())}")
    return faults


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0) > 0)
