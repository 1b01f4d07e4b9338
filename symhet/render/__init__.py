"""How claims, derivations and verdicts read: LaTeX, Markdown and terminal text."""
