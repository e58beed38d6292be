"""Alignment: roll calls become agreement, ideal points, and balance between poles."""
