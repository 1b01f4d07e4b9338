"""Search for certificates. Nothing here is trusted: the kernel replays whatever a prover hands over."""
