"""The fingerprint of clean votes.

Turnout and the leader's share of 20,000 stations that a model drew without any fraud, with regions, towns and villages
that differ. Real elections are looked at beside such clean ones: a cloud is what place and chance make.
"""

from sailau.forensics.clean import draw_clean
from sailau.forensics.shapes import comet
from sailau.plots.save import save
from sailau.plots.stations import comet_map

stations = draw_clean(20_000, seed=7)
save(comet_map(comet(stations), leader="the leader", title="20,000 clean stations of a model"), "fingerprint.svg")
