"""Forensics: questions put to the results of polling stations, each with its null model and its rates of error."""

from sailau.forensics.baseline import baseline
from sailau.forensics.clean import CleanModel, draw_clean, stuff
from sailau.forensics.density import kernel_density
from sailau.forensics.examine import Examination, examine
from sailau.forensics.finding import NULLS, Finding, NotTestable, benjamini_hochberg
from sailau.forensics.fingerprint import fingerprint, fit
from sailau.forensics.maps import ColumnMap, load_map, read_map
from sailau.forensics.mirror import scatter_of
from sailau.forensics.neighbours import neighbours, small_stations
from sailau.forensics.percentages import count_peaks, whole_percentages
from sailau.forensics.problems import CODES, FaultyStations
from sailau.forensics.read import Reading, read_stations
from sailau.forensics.representation import weights
from sailau.forensics.stations import Stations
from sailau.forensics.sums import reaggregate
from sailau.forensics.tabulation import read_copies, tabulate

__all__ = [
    "CODES",
    "NULLS",
    "CleanModel",
    "ColumnMap",
    "Examination",
    "FaultyStations",
    "Finding",
    "NotTestable",
    "Reading",
    "Stations",
    "baseline",
    "benjamini_hochberg",
    "count_peaks",
    "draw_clean",
    "examine",
    "fingerprint",
    "fit",
    "kernel_density",
    "load_map",
    "neighbours",
    "read_copies",
    "read_map",
    "read_stations",
    "reaggregate",
    "scatter_of",
    "small_stations",
    "stuff",
    "tabulate",
    "weights",
    "whole_percentages",
]
