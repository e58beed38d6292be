"""Ideal points: positions on a line from which the votes follow best, by EM."""
