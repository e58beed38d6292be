"""Bars with the majority.

For more than a handful of parties bars are read more exactly than an arc. The outline is the count under the law in
force, the bar the one under the scenario, and the number in brackets the difference.
"""

import sailau as sl
from sailau.plots.save import save
from sailau.plots.seatbars import seat_bars
from sailau.plots.style import Style
from sailau.report.names import party_names

election = sl.load_election("de/bundestag/2025-02-23")
seen = sl.what_if(election, {"list.threshold.share": "3%"})
order = dict(sorted(seen.after.seats.items(), key=lambda item: -item[1]))
style = Style("German Bundestag 2025, at 3%", names=party_names(election.tally, "en", order))
save(seat_bars(order, style, majority=sum(order.values()) // 2 + 1, before=seen.before.seats), "seat_bars.svg")
