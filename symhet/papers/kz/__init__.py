"""Kleinert and Zorell, "The export-magnification effect of offshoring"."""
