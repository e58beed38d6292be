"""Votes become seats: formulas, and the steps of a law."""
