"""Pictures: SVG by hand. They draw figures that others computed, and compute none."""
