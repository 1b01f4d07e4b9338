"""Exact algebra of power products: normal form, derivatives, abstract tails, terms as data."""
