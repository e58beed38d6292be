"""Votes: how people vote, and what sums over places say about groups of them."""
