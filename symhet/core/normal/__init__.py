"""The normal form: whether a term is zero, or positive, if all terms that are asked about together have values.

The answers hold at every valuation at which all the terms given to one call of `forms` have values, and say nothing
about others: no conditions are returned, because whoever asks has shown that the terms exist. See `values` for what
the form is. What is believed of FLINT is the arithmetic of polynomials and numbers, and their conversion from and to
dicts; factors of numbers and common divisors are multiplied together again.
"""
