"""Models of one economy each: written in a file or in Python, given meaning in the language, and judged."""

from symhet.model.model import Model, read_model

__all__ = ["Model", "read_model"]
