"""The gates of a new party.

Each gate is a chance with what is not known of it, given the gates before; orange is what is left of all chances.
The figures here are made up to show the form; `sailau parties enter` computes them from a law and a record.
"""

from sailau.plots.gates import gates_waterfall
from sailau.plots.save import save

gates = [
    ("initiative group", (0.5, 0.7, 0.9), "assumed", (0.5, 0.7, 0.9)),
    ("registration", (0.02, 0.1, 0.31), "assumed", (0.01, 0.07, 0.28)),
    ("the bar of 5%", (0.05, 0.2, 0.5), "assumed", (0.0005, 0.014, 0.14)),
]
save(gates_waterfall(gates, title="From an idea to a seat"), "gates.svg")
