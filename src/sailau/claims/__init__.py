"""Claims: what experts said, made testable, and answered by the rooms below."""
