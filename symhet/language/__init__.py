"""The language of the trusted core: terms, statements, when they have a value, and the doors in and out."""
