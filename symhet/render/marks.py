"""What the commands of LaTeX formulas stand for on a terminal."""

from __future__ import annotations

from symhet.model.letters import ACCENTS

SIGNS = {
    r"\leq": "≤", r"\le": "≤", r"\geq": "≥", r"\ge": "≥", r"\neq": "≠", r"\ne": "≠", r"\equiv": "≡", r"\in": "∈",
    r"\to": "→", r"\Rightarrow": "⇒", r"\Longrightarrow": "⟹", r"\Leftrightarrow": "⇔", r"\Longleftrightarrow": "⟺",
    r"\iff": "⟺", r"\implies": "⟹", r"\approx": "≈", r"\propto": "∝", r"\mapsto": "↦", r"\sim": "∼", "=": "=",
    "<": "<", ">": ">", r"\land": "and", r"\lor": "or",
}  # fmt: skip
PUNCTUATION = {",": ", ", ";": "; ", ":": ": ", "|": "|", r"\mid": "|", "&": ", ", r"\\": "; ", ".": "."}
MARKS = {r"\uparrow": "↑", r"\downarrow": "↓", "'": "′", r"\prime": "′"}
ATOMS = {
    r"\infty": "∞", r"\dots": "…", r"\ldots": "…", r"\cdots": "⋯", r"\partial": "∂", r"\forall": "∀", r"\exists": "∃",
    r"\lnot": "¬", r"\pm": "±", "*": "*", "~": " ", r"\cdot": "·", r"\%": "%", r"\&": "&", r"\$": "$", r"\#": "#",
}  # fmt: skip
THIN = frozenset([r"\,", r"\;", r"\:", r"\!", r"\displaystyle", r"\limits", r"\nolimits"])
BLANKS = frozenset([r"\quad", r"\qquad", r"\ ", "~"])
SIZES = frozenset(rf"\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("l", "r", "m", "")) | {
    r"\left",
    r"\right",
}
TEXTS = frozenset(rf"\{name}" for name in ("text", "textit", "textrm", "mbox"))
NAMES = frozenset(rf"\{name}" for name in ("mathrm", "mathit", "mathcal", "operatorname", "operatorname*"))
FRACTIONS = frozenset([r"\frac", r"\dfrac", r"\tfrac"])
FUNCTIONS = {r"\ln": "ln", r"\log": "log", r"\exp": "exp", r"\min": "min", r"\max": "max"}
DOTS = {"dot": "\u0307", "ddot": "\u0308", **ACCENTS}
