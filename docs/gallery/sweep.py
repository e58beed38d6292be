"""A threshold from 0 to 10 per cent.

One column for each value, counted anew under the whole law each time. The framed column is the law in force; where the
law would lead to no outcome the column stays empty and the note names the value.
"""

import sailau as sl
from sailau.plots.save import save
from sailau.plots.style import Style
from sailau.plots.sweep import sweep_picture
from sailau.report.names import party_names
from sailau.runs.sweep import Range, sweep

election = sl.load_election("kz/mazhilis/2023-03-19")
points = sweep(election, [Range.of("list.threshold.share=0%:10%:0.5%")])
steps = [(point.values[0], None if point.question else point.seats) for point in points]
style = Style("Seats by threshold", names=party_names(election.tally, "en", election.tally.party_votes()))
picture = sweep_picture(steps, style, axis="threshold", now="5%", majority=35)
save(picture, "sweep.svg")
