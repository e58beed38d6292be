"""Power is not seats.

Shares of seats beside two indices of power at a simple majority: how often a party turns a losing coalition into a
winning one. A party can hold a tenth of the seats and no power at all.
"""

import sailau as sl
from sailau.plots.bars import share_bars
from sailau.plots.save import save
from sailau.plots.style import Style
from sailau.report.names import party_names

election = sl.load_election("de/bundestag/2025-02-23")
house = sl.replay(election).house
weights = {party: n for party, n in house.items() if n}
total = sum(weights.values())
needed = total // 2 + 1
groups = {
    "seats": {party: n / total for party, n in weights.items()},
    "Banzhaf": {party: float(v) for party, v in sl.power.banzhaf(weights, majority=needed).items()},
    "Shapley-Shubik": {party: float(v) for party, v in sl.power.shapley_shubik(weights, majority=needed).items()},
}
names = party_names(election.tally, "en", weights)
save(share_bars(groups, Style(f"Bundestag 2025: power at {needed} of {total}", names=names)), "power.svg")
