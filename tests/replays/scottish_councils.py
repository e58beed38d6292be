"""Who was elected to Scotland's councils, as others published it: facts to hold the counts of the wards against."""

from __future__ import annotations

PARTIES = ("snp", "con", "lab", "ld", "ind", "green", "other")

COSLA_2017 = """
aberdeen 19 11 9 3 3 0 0
aberdeenshire 21 23 1 14 10 1 0
angus 9 8 0 2 9 0 0
argyll_bute 11 9 0 6 10 0 0
clackmannanshire 8 5 5 0 0 0 0
eilean_siar 7 1 0 0 23 0 0
dumgal 11 16 11 1 4 0 0
dundee 14 3 9 2 1 0 0
east_ayrshire 14 6 9 0 3 0 1
east_dunbartonshire 7 6 2 6 1 0 0
east_lothian 6 7 9 0 0 0 0
east_renfrewshire 5 7 4 0 2 0 0
edinburgh 19 18 12 6 0 8 0
falkirk 12 7 9 0 2 0 0
fife 29 15 24 7 0 0 0
glasgow 39 8 31 0 0 7 0
highland 22 10 3 10 28 1 0
inverclyde 7 2 8 1 4 0 0
midlothian 6 5 7 0 0 0 0
moray 9 8 1 0 8 0 0
north_ayrshire 11 7 11 0 4 0 0
north_lanarkshire 33 10 32 0 2 0 0
orkney 0 0 0 0 18 1 2
perth_kinross 15 17 1 4 3 0 0
renfrewshire 19 8 13 1 2 0 0
sc_borders 9 15 0 2 8 0 0
shetland 1 0 0 0 21 0 0
south_ayrshire 9 12 5 0 2 0 0
south_lanarkshire 27 14 21 1 1 0 0
stirling 9 9 4 0 0 1 0
west_dunbartonshire 10 2 8 0 1 0 1
west_lothian 13 7 12 0 1 0 0
"""
"""Councillors by party, in the order of `PARTIES`: COSLA, "Local Election 2017 Results"."""

ROWS_2017 = {
    "east_ayrshire": {"ind": 2},  # the row of the table adds up to 33 of 32 councillors
    "south_lanarkshire": {"lab": 22, "ind": 0},  # its columns add up to 261 and 171, its totals say 262 and 169
    "aberdeen": {"ld": 4, "ind": 2},  # it has 66 Liberal Democrats in all, not the 67 who were elected
}
"""Rows of the table that its own totals, or the 67 Liberal Democrats of the Scotsman of 5 May 2017, gainsay."""

UNOPPOSED_2017 = {
    "argyll_bute": {"snp": 1, "con": 1, "ld": 1},
    "highland": {"snp": 1, "ind": 3},
    "orkney": {"ind": 3},
    "shetland": {"snp": 1, "ind": 2},
}
"""What the wards add that are not in the archive: one each, without a poll or left out of it."""

ELECTED_2012 = {"snp": 425, "lab": 394, "con": 115, "ld": 71, "green": 14}
"""Councillors of the country: Wikipedia, "2012 Scottish local elections"."""

MEEK_2012 = """
aberdeen 14 3 18 5 3 0 0
aberdeenshire 29 15 1 12 10 1 0
angus 15 4 1 1 8 0 0
argyll_bute 14 4 0 4 14 0 0
clackmannanshire 8 1 8 0 1 0 0
dumgal 10 14 15 1 7 0 0
dundee 16 1 10 1 1 0 0
east_ayrshire 13 2 16 0 1 0 0
east_dunbartonshire 8 2 8 3 1 0 2
east_lothian 9 3 10 0 1 0 0
east_renfrewshire 4 6 8 0 2 0 0
edinburgh 19 10 20 3 0 6 0
eilean_siar 7 0 3 0 21 0 0
falkirk 13 2 14 0 3 0 0
fife 26 3 35 10 4 0 0
glasgow 30 1 44 1 0 3 0
highland 23 0 8 14 35 0 0
inverclyde 6 1 10 2 1 0 0
midlothian 9 0 9 0 0 0 0
moray 12 3 2 0 9 0 0
north_ayrshire 12 1 11 0 6 0 0
north_lanarkshire 26 0 41 0 2 0 1
orkney 0 0 0 0 21 0 0
perth_kinross 20 9 3 6 2 0 1
renfrewshire 15 1 22 1 1 0 0
sc_borders 8 10 0 7 7 0 2
shetland 0 0 0 0 22 0 0
south_ayrshire 10 9 9 0 2 0 0
south_lanarkshire 28 3 33 1 2 0 0
stirling 9 4 8 0 0 1 0
west_dunbartonshire 6 0 12 0 3 0 1
west_lothian 15 1 16 0 1 0 0
"""
"""Who would have been elected by Meek's rule: D. Mollison, "Scottish Council Election 3 May 2012, MeekSTV version"."""

LABELS_2012 = {
    "eilean_siar": {"snp": -1, "ind": 1},
    "perth_kinross": {"ind": 1, "other": -1},  # the Perth Independent Candidates Party
}
"""Two councillors whom the archive's files call independents, and others call members of a party."""

PARTY_OF = {
    "scottish_national_party_snp": "snp",
    "conservative_and_unionist_party_con": "con",
    "labour_lab": "lab",
    "labour_and_co_operative_party_labco": "lab",
    "liberal_democrat_ld": "ld",
    "independent_ind": "ind",
    "green_gr": "green",
}


def table(text: str) -> dict[str, dict[str, int]]:
    """Return the rows of a table by council, without zeros."""
    rows = (line.split() for line in text.strip().splitlines())
    return {name: {p: int(n) for p, n in zip(PARTIES, seats, strict=True) if int(n)} for name, *seats in rows}


def plus(seats: dict[str, int], more: dict[str, int]) -> dict[str, int]:
    """Return seats with others added (or taken off), without zeros."""
    both = {party: seats.get(party, 0) + more.get(party, 0) for party in PARTIES}
    return {party: n for party, n in both.items() if n}
