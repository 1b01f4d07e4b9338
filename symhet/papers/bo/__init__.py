"""Baldwin and Okubo, "International trade, offshoring and heterogeneous firms"."""
