"""The tests: through HTTP with named people, over real databases, in a real browser."""
