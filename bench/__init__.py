"""The benchmark suite: one command, one JSON file; every ratio from one run, the two sides taking turns."""
