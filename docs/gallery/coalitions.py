"""The smallest coalitions that win.

Every coalition that has a majority and loses it when any of its parties leaves, with the seats to spare. The line is
the majority.
"""

import sailau as sl
from sailau.plots.bars import coalition_ladder
from sailau.plots.save import save
from sailau.plots.style import Style
from sailau.report.names import party_names

election = sl.load_election("de/bundestag/2025-02-23")
house = {party: n for party, n in sl.replay(election).house.items() if n}
total = sum(house.values())
found = [{party: house[party] for party in one} for one in sl.power.minimal_winning(house, total // 2 + 1)]
style = Style("Bundestag 2025: minimal winning coalitions", names=party_names(election.tally, "en", house))
picture = coalition_ladder(found, style, total=total, majority=total // 2 + 1)
save(picture, "coalitions.svg")
