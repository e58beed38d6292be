"""Seats for votes.

What share of the seats a party would win for each share of the votes of the two largest, if votes moved as much in
every district. At half of the votes the curve shows the bias, its slope there the responsiveness.
"""

import sailau as sl
from sailau.plots.curve import seats_votes_curve
from sailau.plots.save import save
from sailau.plots.style import Style
from sailau.report.names import party_names
from sailau.runs.measured import seats_for_votes

seen = sl.replay(sl.load_election("gb/commons/2019-12-12"))
found = seats_for_votes(seen)
names = party_names(seen.election.tally, "en", [found.first, found.second])
picture = seats_votes_curve(
    found.points, Style(seen.election.name, names=names), actual=found.actual, party=found.first
)
save(picture, "seats_for_votes.svg")
