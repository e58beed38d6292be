"""Parties: what it takes to become one, stage by stage, and how often it has been done."""
