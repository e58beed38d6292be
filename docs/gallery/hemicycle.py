"""A house.

One dot a seat, parties side by side from left to right, the total in the middle and the majority as a line. Names come
from the record in the language asked for; beside the arc stand short ones. Seats whose votes were never published are
drawn like the others, and the caption of the count says so.
"""

import sailau as sl

seen = sl.replay(sl.load_election("kz/mazhilis/2023-03-19"))
seen.save("hemicycle.svg", lang="kk")
