r"""LaTeX as tokens: the one place that takes its text apart.

A token is a command with its backslash (a star belongs to it), a control sign such as ``\,``, a brace, the mark of a
script, a run of blanks, or one character.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from string import ascii_letters

_LETTERS = frozenset(ascii_letters)
BLANKS = frozenset({r"\quad", r"\qquad", r"\;", r"\,", r"\ "})
"""Commands that leave room."""


@lru_cache(maxsize=50_000)
def tokens(latex: str) -> tuple[str, ...]:
    r"""Split LaTeX into tokens; joined, they are the text again.

    Examples
    --------
    >>> tokens(r"\frac{x_1}{\hat y}")
    ('\\frac', '{', 'x', '_', '1', '}', '{', '\\hat', ' ', 'y', '}')
    """
    found = []
    at = 0
    while at < len(latex):
        end = _end(latex, at)
        found.append(latex[at:end])
        at = end
    return tuple(found)


def _end(latex: str, at: int) -> int:
    end = at + 1
    if latex[at] == "\\":
        while end < len(latex) and latex[end] in _LETTERS:
            end += 1
        return end + (latex[end : end + 1] == "*") if end > at + 1 else min(end + 1, len(latex))
    if latex[at].isspace():
        while end < len(latex) and latex[end].isspace():
            end += 1
    return end


def is_command(token: str) -> bool:
    """Tell whether a token is a command named by letters."""
    return token[:1] == "\\" and token[1:2] in _LETTERS


def depth_after(token: str, depth: int) -> int:
    """Return how many braces are open behind a token."""
    return depth + {"{": 1, "}": -1}.get(token, 0)


def is_balanced(latex: str) -> bool:
    """Tell whether every brace that opens closes, in order."""
    depth = 0
    for token in tokens(latex):
        depth = depth_after(token, depth)
        if depth < 0:
            return False
    return depth == 0


def group_end(stream: Sequence[str], at: int) -> int:
    """Return where the group ends whose brace opens at a place."""
    depth, end = 1, at + 1
    while end < len(stream) and depth:
        depth = depth_after(stream[end], depth)
        end += 1
    return end


def joined(left: str, right: str) -> str:
    r"""Join two texts; a command stays apart from a letter that follows it.

    Examples
    --------
    >>> joined(r"\hat", "z"), joined(r"2\sigma", "(1-x)")
    ('\\hat z', '2\\sigma(1-x)')
    """
    stem = left.rstrip(ascii_letters)
    apart = right[:1].isalpha() and stem.endswith("\\") and stem != left
    return f"{left} {right}" if apart else left + right


def trimmed(latex: str, *, left: bool = True) -> str:
    r"""Return a formula without the blanks at its end, and at its beginning.

    Examples
    --------
    >>> trimmed(r"\quad x < y,\ "), trimmed(r"\quad x", left=False)
    ('x < y,', '\\quad x')
    """
    stream = [*tokens(latex)]
    while stream and _is_blank(stream[-1]):
        stream.pop()
    while left and stream and _is_blank(stream[0]):
        stream.pop(0)
    return "".join(stream)


def _is_blank(token: str) -> bool:
    return token in BLANKS or token.isspace()


def map_groups(latex: str, commands: Iterable[str], change: Callable[[str, str], str]) -> str:
    r"""Replace each command that holds plain characters, without further braces, by what a function makes of it.

    Parameters
    ----------
    latex : str
        The formula.
    commands : iterable of str
        The commands whose groups are meant, such as ``\text``.
    change : callable
        Takes the command and what its braces hold, and returns what stands in their place.

    Examples
    --------
    >>> map_groups(r"x \text{ for all } y", {r"\text"}, lambda command, words: f"[{words.strip()}]")
    'x [for all] y'
    """
    wanted = frozenset(commands)
    stream = tokens(latex)
    text, at = [], 0
    while at < len(stream):
        if stream[at] in wanted and stream[at + 1 : at + 2] == ("{",):
            end = group_end(stream, at + 1)
            inside = stream[at + 2 : end - 1]
            if stream[end - 1] == "}" and "{" not in inside:
                text.append(change(stream[at], "".join(inside)))
                at = end
                continue
        text.append(stream[at])
        at += 1
    return "".join(text)


def groups_of(latex: str, command: str) -> list[str]:
    r"""Return what stands in the braces of a command, wherever they hold no further braces.

    Examples
    --------
    >>> groups_of(r"\text{if } x \text{ then } y", r"\text")
    ['if ', ' then ']
    """
    found: list[str] = []

    def keep(_: str, inside: str) -> str:
        found.append(inside)
        return ""

    map_groups(latex, {command}, keep)
    return found


def without(latex: str, commands: Iterable[str]) -> str:
    r"""Return a formula without some commands and the blanks behind them; what they apply to stays.

    Examples
    --------
    >>> without(r"\displaystyle x\allowbreak + y", {r"\displaystyle", r"\allowbreak"})
    'x+ y'
    """
    unwanted = frozenset(commands)
    kept: list[str] = []
    dropped = False
    for token in tokens(latex):
        if token in unwanted:
            dropped = True
        elif not (dropped and token.isspace()):
            kept.append(token)
            dropped = False
    return "".join(kept)


def split_scripts(latex: str) -> tuple[str, str, str] | None:
    r"""Split a symbol into what bears scripts, its index and what stands above, without their braces.

    Returns
    -------
    tuple of str or None
        None for what is more than one symbol with at most one script below and then one above.

    Examples
    --------
    >>> split_scripts(r"\hat\varphi_{min}^*"), split_scripts("x"), split_scripts("x_1+y_2")
    (('\\hat\\varphi', 'min', '*'), ('x', '', ''), None)
    """
    stream = tokens(latex)
    at = next((place for place, token in enumerate(stream) if token in ("_", "^")), len(stream))
    head, found = "".join(stream[:at]), {"_": "", "^": ""}
    for mark in found:
        if stream[at : at + 1] == (mark,) and at + 1 < len(stream):
            end = group_end(stream, at + 1) if stream[at + 1] == "{" else at + 2
            found[mark] = "".join(stream[at + 1 : end]).removeprefix("{").removesuffix("}")
            at = end
    return (head, found["_"], found["^"]) if head and at == len(stream) else None
