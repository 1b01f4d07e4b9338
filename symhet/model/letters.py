"""Names of symbols in LaTeX, where nothing else is said: Greek by name, accents, indices behind underscores."""

from __future__ import annotations

GREEK = frozenset({
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
    "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta",
    "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega",
})  # fmt: skip
ACCENTS = {"hat": "\u0302", "tilde": "\u0303", "bar": "\u0304", "underline": "\u0332", "check": "\u030c"}


def spelled(name: str) -> str:
    r"""Return LaTeX for a symbol that no table lists, from its name.

    Examples
    --------
    >>> spelled("y_tau_I"), spelled("pi_bar_m"), spelled("Rev_F"), spelled("phi_star_x")
    ('y_{\\tau,I}', '\\bar\\pi_{m}', '\\mathit{Rev}_{F}', '\\varphi^{*}_{x}')
    """
    head, *parts = [part for part in name.split("_") if part] or [""]
    written = _part(head)
    for accent in [part for part in parts if part in ACCENTS]:
        written = rf"\{accent}{written}" if written.startswith("\\") else rf"\{accent} {written}"
    starred = "^{*}" if "star" in parts else ""
    indices = ",".join(index_of(part) for part in parts if part not in ACCENTS and part != "star")
    return written + starred + (f"_{{{indices}}}" if indices else "")


def index_of(part: str) -> str:
    """Return LaTeX for a part of a name that stands as an index."""
    return _part(part).replace(r"\mathit", r"\mathrm")


def _part(part: str) -> str:
    if part in GREEK:
        return rf"\{'varphi' if part == 'phi' else part}"
    return part if len(part) == 1 or part.isdigit() else rf"\mathit{{{part}}}"
