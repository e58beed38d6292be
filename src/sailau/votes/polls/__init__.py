"""From polls to the shares of an election day: a walk in log-ratios, houses, modes, and the error that all polls share.

`poll` holds what was asked, `design` makes arrays of it, `smoother` and `laplace` find the walk, `hyper` how far it
steps, `fit` puts them together, `full` does the same with PyMC.
"""
