"""The web door: pages and an API that parse, call the rooms below, and render; nothing is computed here."""
