"""The rules of the core: each checks one record against one goal, and raises `Refusal` when it does not apply."""
