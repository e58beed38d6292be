"""Files: text and tables whose values remember their place."""
