"""Bars with the majority.

For more than a handful of parties bars are read more exactly than an arc. The outline is the count under the law in
force, the bar the one under the scenario, and the number in brackets the difference.
"""

import sailau as sl
from sailau.plots.save import save
from sailau.plots.seatbars import seat_bars
from sailau.plots.style import Style

election = sl.load_election("de/bundestag/2025-02-23")
seen = sl.replay(election)
order = dict(sorted(seen.house.items(), key=lambda item: -item[1]))
save(seat_bars(order, Style(election.name), majority=sum(order.values()) // 2 + 1), "seat_bars.svg")
