"""The trusted core: the only maker of theorems, by replaying certificates."""
