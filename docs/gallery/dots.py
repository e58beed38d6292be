"""Seats as chances.

Forty dots a party, each a fortieth of the simulated elections, so that a chance can be counted instead of believed. The
thick line holds nine elections of ten, the mark is the median, the triangle the result of the day.
"""

import sailau as sl
from sailau.plots.dots import seat_dots
from sailau.plots.save import save
from sailau.plots.style import Style
from sailau.report.names import party_names

election = sl.load_election("kz/mazhilis/2023-03-19")
law = sl.load_law(election.law, on=election.day)
runs = sl.simulate(law, election.tally, noise=sl.LogisticNormal(sd="0.158"), n=2000, seed=7)
found = {p: dict(enumerate(line)) for p, line in zip(runs.parties, runs.seats.histogram, strict=True) if any(line[1:])}
clouds = {party: {seats: n for seats, n in cloud.items() if n} for party, cloud in found.items()}
actual = law.count(election.tally).seats
style = Style("69 list seats, 2,000 elections", names=party_names(election.tally, "en", clouds))
save(seat_dots(clouds, style, majority=35, actual=actual), "dots.svg")
