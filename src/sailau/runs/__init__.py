"""Runs: the one place that chains the rooms."""
