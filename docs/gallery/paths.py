"""Chances over time.

Paths with bands are drawn for whatever moves: support between polls, ideal points over sessions. Here the share of a
party that a random walk with known error makes; the band holds nine walks of ten.
"""

from sailau.plots.curve import paths
from sailau.plots.save import save

walk = [(week, 0.3 + 0.01 * (week % 5), 0.3 - 0.004 * week, 0.34 + 0.004 * week) for week in range(1, 13)]
still = [(week, 0.22, 0.2, 0.24) for week in range(1, 13)]
picture = paths({"walking": walk, "still": still}, title="Two paths and their bands", axis="share, by week")
save(picture, "paths.svg")
