"""RCTab's cases against fetched copies: each configuration as terms of `rank`, every figure of every round compared.

`python -m tests.peers.rctab FOLDER` prints one line for each configuration; FOLDER holds a copy of BrightSpots/rcv.
Nothing of theirs is here: this reads their files of configuration, ballots and reports, and writes down differences.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

from sailau.records.cast.read import read_cast
from sailau.records.ranked import WRITE_IN, RankedBallots
from sailau.records.sheet import slug_of
from sailau.seats.count import start
from sailau.seats.rank import Rank
from sailau.seats.rankings import OVERVOTE
from sailau.seats.stages import Ranked, Stage
from sailau.terms.errors import DrawRequired, SailauError
from sailau.terms.tally import LINES, Contender

CASES = Path("src/test/resources/network/brightspots/rcv/test_data")
ROW = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}row"
WRITTEN = "undeclared_write_ins"
INACTIVE = {
    "choices": "exhaustedChoices",
    "overvotes": "overvotes",
    "skips": "skippedRankings",
    "repeats": "repeatedRankings",
    "last_surplus": "finalRoundSurplus",
}


@dataclass(frozen=True)
class Case:
    """One configuration with its reports: several where each seat is counted on its own."""

    name: str
    config: Mapping[str, Any]
    folder: Path
    reports: tuple[Mapping[str, Any], ...]

    @property
    def rules(self) -> Mapping[str, Any]:
        return dict(self.config.get("rules", {}))

    @property
    def goes_on(self) -> bool:
        """Whether the count goes on until two are left, though one of them has won."""
        return str(self.rules.get("continueUntilTwoCandidatesRemain")).lower() == "true"

    @property
    def rounds(self) -> list[Mapping[str, Any]]:
        """Rounds of the reports; a round in which nothing happens but that the winner is named is not one of ours."""
        rows = [row for report in self.reports for row in report["results"]]
        rows = [row for row in rows if not (self.goes_on and _names_only(row))]
        return rows[:-1] if len(rows) > 1 and _repeats(rows[-2], rows[-1]) else rows


def _names_only(row: Mapping[str, Any]) -> bool:
    decided = row["tallyResults"]
    return len(row["tally"]) > 2 and bool(decided) and all("elected" in r for r in decided)


def _repeats(before: Mapping[str, Any], last: Mapping[str, Any]) -> bool:
    """Say whether the last round only shows that nothing was left to pass on."""
    return not last["tallyResults"] and figures(before["tally"]) == figures(last["tally"])


def cases(copy: Path) -> Iterator[Case]:
    for path in sorted((copy / CASES).glob("*/*_config.json")):
        stem = path.name.removesuffix("_config.json")
        one = path.parent / f"{stem}_expected_detailed_report.json"
        reports = [one] if one.is_file() else sorted(path.parent.glob(f"{stem}_*_expected_detailed_report.json"))
        config = json.loads(path.read_text(encoding="utf-8"))
        yield Case(stem, config, path.parent, tuple(json.loads(p.read_text(encoding="utf-8")) for p in reports))


# Ballots


def ballots_of(case: Case) -> tuple[RankedBallots, set[str]]:
    """Return the ballots of all sources, and who is not to be counted."""
    names = {alias: one["name"] for one in case.config["candidates"] for alias in one.get("aliases") or ()}
    stand = {slug(one["name"]): Contender(slug(one["name"])) for one in case.config["candidates"]}
    stand[WRITTEN] = Contender(WRITTEN, traits=frozenset({WRITE_IN}))
    rows: dict[tuple[str, ...], int] = {}
    for source in case.config["cvrFileSources"]:
        for ranking, n in _source(case, source, names).items():
            rows[ranking] = rows.get(ranking, 0) + n
    out = {slug(one["name"]) for one in case.config["candidates"] if one.get("excluded")}
    return RankedBallots(case.name, None, stand, rows), out


def _source(case: Case, source: Mapping[str, Any], names: Mapping[str, str]) -> dict[tuple[str, ...], int]:
    labels = {"overvoteLabel": OVERVOTE, "skippedRankLabel": "undervote", "undeclaredWriteInLabel": "UWI"}
    known = {source[key]: word for key, word in labels.items() if source.get(key)}
    if source.get("treatBlankAsUndeclaredWriteIn"):
        known[""] = "UWI"
    first, depth = source.get("firstVoteColumnIndex"), case.rules["maxRankingsAllowed"]
    by_rank = source["provider"] == "ess" and depth != "max"
    columns = (int(first), int(first) + int(depth) - 1 if by_rank else None) if first else None
    read = read_cast(
        case.folder / source["filePath"],
        contest=source.get("contestId") or None,
        names={**names, **known},
        columns=columns,
        join=source.get("overvoteDelimiter") or "",
    )
    return dict(read.rankings)


def cells_by_row(sheet: Path) -> list[int]:
    """Return how many cells each row of a workbook's first sheet holds, rows without any included."""
    with ZipFile(sheet) as book, book.open("xl/worksheets/sheet1.xml") as file:
        return [sum(cell.tag.endswith("}c") for cell in row) for row in ElementTree.parse(file).getroot().iter(ROW)]


# Rules


def step_of(rules: Mapping[str, Any]) -> tuple[Rank, int | None]:
    """Return the terms of a configuration, and its seats (None: all who have the share)."""
    mode, several = rules["winnerElectionMode"], rules["winnerElectionMode"].startswith("multiWinner")
    share = Fraction(int(rules.get("multiSeatBottomsUpPercentageThreshold") or 0), 100) or None
    first = rules.get("doesFirstRoundDetermineThreshold")
    terms: dict[str, Any] = {
        "rule": _RULES.get(mode, "stv"),
        "exclude": "hopeless" if rules["batchElimination"] else "lowest",
        "overvote": _OVERVOTES[rules["overvoteRule"]],
        "repeat": "exhaust" if rules["exhaustOnDuplicateCandidate"] else "skip",
        "gap": _number(rules["maxSkippedRanksAllowed"]),
        "depth": _number(rules["maxRankingsAllowed"]),
        "drop_first": (WRITE_IN,),
        "hold": True,
        "down_to": 2 if str(rules.get("continueUntilTwoCandidatesRemain")).lower() == "true" else 0,
        "quota_of": "first" if first and not several else None,
        "stop": ("two_left",),
        "ties": ("backwards", "lot") if str(rules.get("tiebreakMode")).startswith("previousRound") else ("lot",),
        "cite": "configuration",
    }
    if several:
        places = int(rules["decimalPlacesForVoteArithmetic"])
        terms |= {
            "quota": "hare_rounded_up" if rules["hareQuota"] else "droop",
            "quota_places": places if rules["nonIntegerWinningThreshold"] else 0,
            "places": places,
            "cut": "fraction",
            "surpluses": "together",
            "last_surplus": "set_aside",
            "short": "vacant",
            "one_a_stage": mode == "multiWinnerAllowOnlyOneWinnerPerRound",
            "stop": (),
        }
    if share is not None:
        terms |= {"share": share, "exclude": "below_share" if rules.get("cutoffElimination") else terms["exclude"]}
    return Rank(**terms), None if share is not None else int(rules["numberOfWinners"])


_RULES = {
    "singleWinnerMajority": "alternative",
    "bottomsUp": "exclusion",
    "bottomsUpUsingPercentageThreshold": "exclusion",
    "multiPassIrv": "in_turn",
}
_OVERVOTES = {
    "exhaustImmediately": "exhaust",
    "alwaysSkipToNextRank": "skip",
    "exhaustIfMultipleContinuing": "continuing",
}


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else None


# Counting, and what differs


def counted(case: Case) -> tuple[Ranked, RankedBallots]:
    """Count a case; where lots were drawn, follow the report."""
    ballots, excluded = ballots_of(case)
    reported = {slug(name) for name in case.rounds[0]["tally"]}
    stand = {name: who for name, who in ballots.contenders.items() if name in reported and name not in excluded}
    step, seats = step_of(case.rules)
    decisions: dict[str, tuple[str, ...]] = {}
    tally = ballots.tally("x")
    while True:
        here = start(tally, tally.tiers["x"], "x", seats or len(stand), {}, done={}, decisions=decisions, trail=None)
        try:
            return step.count(here.but(votes=dict.fromkeys(stand, 0))), ballots
        except DrawRequired as tie:
            stage = int(tie.key.rsplit(".", 1)[1])
            if case.rules.get("stopTabulationEarlyAfterRound") and stage > len(case.rounds):
                decisions[tie.key] = tie.options  # after the last round that is reported
                continue
            row = case.rounds[stage - 1]
            key = "eliminated" if "exclusion" in str(tie) else "elected"
            fell = [slug(r[key]) for r in row["tallyResults"] if key in r and slug(r[key]) in tie.options]
            if not fell or tie.key in decisions:
                raise
            decisions[tie.key] = tuple(fell)


def differences(case: Case) -> list[str]:
    """Return what differs from the reports, in words; nothing when every figure of every round is as reported."""
    made, _ = counted(case)
    out = []
    if made.blank != case.reports[0]["summary"]["undervotes"]:
        out.append(f"blank {made.blank}, not {case.reports[0]['summary']['undervotes']}")
    early = case.rules.get("stopTabulationEarlyAfterRound")
    stages = made.stages[: int(early)] if early else made.stages
    if len(stages) != len(case.rounds):
        out.append(f"{len(stages)} stages, not {len(case.rounds)}")
    for stage, row in zip(stages, case.rounds, strict=False):
        out += [f"stage {stage.number}: {text}" for text in _of_stage(case, stage, row)]
    decided = [r for report in case.reports for row in report["results"] for r in row["tallyResults"]]
    if not early:
        out += _unlike("elected", set(made.elected), _names(decided, "elected"))
    return out


def _of_stage(case: Case, stage: Stage, row: Mapping[str, Any]) -> Iterator[str]:
    yield from _unlike("votes", {n: stage.votes(v) for n, v in stage.totals.items()}, figures(row["tally"]))
    unused = case.rules["winnerElectionMode"] == "bottomsUp" or case.goes_on
    if not unused:  # the report names a bar also where none is applied
        yield from _unlike("bar", {"bar": stage.votes(stage.quota)}, {"bar": Fraction(row["threshold"])})
    spent = {INACTIVE[why]: stage.votes(stage.spent.get(why, 0)) for why in INACTIVE}
    reported = {name: Fraction(row["inactiveBallots"].get(name, 0)) for name in INACTIVE.values()}
    yield from _unlike("ended", spent, reported)
    decided = row["tallyResults"]
    if not case.goes_on:
        yield from _unlike("elected", {n for n, _ in stage.elected}, _names(decided, "elected"))
    gone = set(stage.sources) if stage.action == "exclude" else set()
    yield from _unlike("excluded", gone, _names(decided, "eliminated"))
    if case.rules.get("stopTabulationEarlyAfterRound") == str(stage.number):
        return  # the report ends before votes pass on
    moves = {slug(r.get("eliminated") or r["elected"]): figures(r["transfers"]) for r in decided}
    for moved in stage.transfers:
        after = stage.after
        seen = {name: Fraction(n, after) for name, n in moved.gains.items() if n}
        rest = {"exhausted": sum(moved.ended.values()), "residual_surplus": moved.lost}
        seen |= {why: Fraction(n, after) for why, n in rest.items() if n}
        yield from _unlike(f"from {moved.source}", seen, moves.get(moved.source, {}))


def _unlike(what: str, ours: Any, theirs: Any) -> Iterator[str]:
    if ours != theirs:
        if isinstance(ours, dict):
            keys = [k for k in {*ours, *theirs} if ours.get(k) != theirs.get(k)]
            text = ", ".join(f"{k} {_plain(ours.get(k))}, not {_plain(theirs.get(k))}" for k in sorted(keys))
        else:
            text = f"{sorted(ours)}, not {sorted(theirs)}"
        yield f"{what}: {text}"


def _plain(n: Fraction | None) -> str:
    return "nothing" if n is None else str(float(n))


def _names(rows: Iterable[Mapping[str, Any]], key: str) -> set[str]:
    return {slug(row[key]) for row in rows if key in row}


def figures(row: Mapping[str, str]) -> dict[str, Fraction]:
    return {slug(name): Fraction(n) for name, n in row.items()}


def slug(name: str) -> str:
    """Return a slug that is not the word of a line of results."""
    short = slug_of(name)
    return f"{short}_" if short in LINES else short


def has_ballots(case: Case) -> bool:
    """Say whether the copy holds the files of ballots."""
    paths = [case.folder / source["filePath"] for source in case.config["cvrFileSources"]]
    return all(any(path.glob("*vr*")) or any(path.glob("*.xml")) if path.is_dir() else path.is_file() for path in paths)


def told(case: Case) -> list[str]:
    """Return what differs, an error as one line."""
    try:
        return differences(case)
    except SailauError as cause:
        return [f"{type(cause).__name__}: {cause}"]


def main(copy: Path) -> None:
    for case in cases(copy):
        found = told(case) if case.reports else ["no report to compare with"]
        text = " | ".join(" ".join(words.split()) for words in found) or "equal"
        sys.stdout.write(f"{case.name}\t{text[:400]}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
