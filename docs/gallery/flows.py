"""Two laws side by side.

Kept seats run straight across. Which party's lost seat became whose gain is no fact of the count, so lost seats run
into one stock and gains out of it; a larger or smaller house is named there too.
"""

import sailau as sl
from sailau.plots.flows import flows
from sailau.plots.save import save
from sailau.plots.style import Style
from sailau.report.names import party_names

election = sl.load_election("kz/mazhilis/2023-03-19")
seen = sl.what_if(election, {"list.threshold.share": "7%"})
style = Style("5% and 7%", names=party_names(election.tally, "en", seen.before.seats))
picture = flows(seen.before.seats, seen.after.seats, style, heads=("law in force, 5%", "scenario, 7%"))
save(picture, "flows.svg")
