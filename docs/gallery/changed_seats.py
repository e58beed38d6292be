"""What another law would change.

The same votes at a threshold of 7 per cent instead of 5. Seats that a party would gain are outlined; who lost its seats
is gone from the picture and named in the heading.
"""

import sailau as sl
from sailau.plots.hemicycle import hemicycle
from sailau.plots.save import save
from sailau.plots.style import Style
from sailau.report.names import party_names

election = sl.load_election("kz/mazhilis/2023-03-19")
seen = sl.what_if(election, {"list.threshold.share": "7%"})
gained = {party: max(0, n) for party, n in seen.change.items()}
names = party_names(election.tally, "en", seen.after.seats)
gone = ", ".join(names[party] for party, n in seen.after.seats.items() if not n and seen.before.seats[party])
style = Style(f"69 list seats at 7%; without seats: {gone}", names=names)
picture = hemicycle(seen.after.seats, style, majority=35, changed=gained)
save(picture, "changed_seats.svg")
