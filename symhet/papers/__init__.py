"""The papers that symhet judges: primitives, derivations and ledgers of claims."""
