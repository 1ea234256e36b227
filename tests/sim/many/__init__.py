"""Many servers at one store, in one process, on a clock that a seed moves."""
