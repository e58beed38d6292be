"""Ideal points of states.

Where fifteen states stand in the recorded votes of session 74 of the General Assembly, with intervals of the parametric
bootstrap. The line has no other meaning than the votes give it: the agenda decides what it is about.
"""

from sailau.align.ideal.estimate import ideal_points
from sailau.align.read import read_rollcalls
from sailau.align.windows import of_sessions
from sailau.files.places import shipped
from sailau.plots.positions import position_rows
from sailau.plots.save import save

folder = shipped("rollcalls") / "un"
calls = read_rollcalls(folder / "votes.csv.gz", items=folder / "items.csv.gz").calls
found = ideal_points(of_sessions(calls, "74"), anchors={"us": 1.0}, draws=20, seed=1)
picture = position_rows(
    found.at(), title="General Assembly, session 74", below="lines: 90% of draws", names=calls.names
)
save(picture, "ideal_points.svg")
