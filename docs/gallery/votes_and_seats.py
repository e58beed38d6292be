"""Votes and seats of the archive.

Every largest party of the elections of three countries: its share of the votes and of the seats. On the line the two
are equal; the distance from it is the bonus that the law gives. Drawn by matplotlib in the style of the other pictures.
"""

import sailau as sl
from sailau.plots.figures import canvas
from sailau.plots.save import save

words = "Largest parties of Germany, Sweden and New Zealand: the bonus in seats is small where seats compensate."
with canvas(6.4, 5.2, title="Votes and seats of the largest party", description=words) as (figure, axes):
    for country, label in (("de", "Germany"), ("se", "Sweden"), ("nz", "New Zealand")):
        points = []
        for name in sl.election_ids():
            if name.startswith(f"{country}/") and "/19" not in name:
                seen = sl.replay(sl.load_election(name))
                votes, house = seen.election.tally.party_votes(), seen.house
                first = max(house, key=lambda party: house[party])
                if sum(votes.values()) and sum(house.values()) and first in votes:
                    points.append((votes[first] / sum(votes.values()), house[first] / sum(house.values())))
        axes.scatter([x for x, _ in points], [y for _, y in points], label=label, s=28)
    axes.plot([0.2, 0.6], [0.2, 0.6], color="#5a5a5a", linewidth=1, linestyle="--")
    axes.set_xlabel("share of votes")
    axes.set_ylabel("share of seats")
    axes.legend()
save(figure, "votes_and_seats.svg")
