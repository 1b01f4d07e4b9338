"""The rules by which the kernel replays certificates; they make no theorems themselves."""
