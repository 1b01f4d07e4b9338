"""The heads of terms and statements: enums, so that no string read from a file passes for one."""

from __future__ import annotations

from enum import Enum, unique


@unique
class Head(Enum):
    """What a term is; an enum, so that no string read from a file passes for one."""

    NUMBER = 0
    SYMBOL = 1
    TOTAL = 2
    BOUND = 3
    SUPPORT = 4
    SUM = 5
    PRODUCT = 6
    WHOLE_POWER = 7
    POWER = 8
    EXP = 9
    LOG = 10
    SURVIVAL = 11
    TAIL = 12
    DENSITY = 13
    INTEGRAL = 14
    INTEGRAL_FROM_ZERO = 15
    UNSPECIFIED = 16

    __hash__ = object.__hash__


@unique
class Op(Enum):
    """What a statement is."""

    EQUAL = "="
    LESS = "<"
    AT_MOST = "<="
    DIFFER = "!="
    AND = "and"
    OR = "or"
    IMPLIES = "=>"
    IFF = "<=>"
    FORALL = "forall"
    UNIQUE_ROOT = "unique_root"
    MAXIMISER = "maximiser"
    DENSE = "dense"

    __hash__ = object.__hash__


RELATIONS = frozenset({Op.EQUAL, Op.LESS, Op.AT_MOST, Op.DIFFER})
BINDERS = frozenset({Op.FORALL, Op.UNIQUE_ROOT, Op.MAXIMISER})
