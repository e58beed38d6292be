"""All Scottish wards of the archive: the councils come out as they were elected, and by Meek's rule as published."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.replays.scottish_councils import (
    COSLA_2017,
    ELECTED_2012,
    LABELS_2012,
    MEEK_2012,
    PARTY_OF,
    ROWS_2017,
    UNOPPOSED_2017,
    plus,
    table,
)
from tests.replays.test_ranked import SCOTTISH, SHARED, count

from sailau.records.ranked import RankedBallots, read_ranked
from sailau.seats.rank import Rank
from sailau.seats.stages import Ranked

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the ranked ballots of ../shared are not here"),
]
MEEK = Rank(rule="meek", ties=("lot",), cite="Algorithm 123")
_NAME = re.compile(r"(?P<council>.+?)_(?P<year>20\d\d)")

Ward = tuple[str, str, RankedBallots, Ranked]


@pytest.fixture(scope="module")
def wards(tmp_path_factory: pytest.TempPathFactory) -> list[Ward]:
    """Return each ward with its council, the year and the count under the Scottish rules."""
    out, folder = [], tmp_path_factory.mktemp("wards")
    with ZipFile(SHARED / "scotland_council_stv_2007_2022.zip") as packed:
        for name in sorted(name for name in packed.namelist() if name.endswith(".csv")):
            found = _NAME.match(Path(name).name)
            assert found is not None
            path = folder / Path(name).name
            path.write_bytes(packed.read(name))
            ballots = read_ranked(path)
            made = count(ballots, SCOTTISH, ballots.seats or 0)
            out.append((found["council"], found["year"], ballots, made))
    return out


def councils(wards: list[Ward], year: str, step: Rank | None = None) -> dict[str, dict[str, int]]:
    """Return the seats of each council by party, counted anew where another rule is given."""
    out: dict[str, Counter[str]] = {}
    for council, here, ballots, made in wards:
        if here == year:
            done = made if step is None else count(ballots, step, ballots.seats or 0)
            seats = out.setdefault(council, Counter())
            seats.update(PARTY_OF.get(ballots.contenders[name].party or "", "other") for name in done.elected)
    return {council: dict(seats) for council, seats in out.items()}


def test_every_ward_fills_its_seats_and_keeps_its_votes(wards: list[Ward]) -> None:
    for _, _, ballots, made in wards:
        assert len(set(made.elected)) == ballots.seats
        end = made.stages[-1]
        assert end.votes(sum(end.totals.values()) + sum(end.spent.values()) + end.lost) == made.valid == ballots.total
    assert len(wards) == 1067
    assert sum(any(stage.tied for stage in made.stages) for *_, made in wards) == 1


def test_each_council_of_2017_has_the_parties_that_were_elected(wards: list[Ward]) -> None:
    official = {name: seats | ROWS_2017.get(name, {}) for name, seats in table(COSLA_2017).items()}
    seen = {name: plus(seats, UNOPPOSED_2017.get(name, {})) for name, seats in councils(wards, "2017").items()}
    assert seen == {name: plus(seats, {}) for name, seats in official.items()}
    assert sum(sum(seats.values()) for seats in seen.values()) == 1227


def test_the_councillors_of_2012_by_party(wards: list[Ward]) -> None:
    total: Counter[str] = Counter()
    for seats in councils(wards, "2012").values():
        total.update(seats)
    assert total.total() == 1223
    assert {party: total[party] for party in ELECTED_2012} == ELECTED_2012 | {"snp": ELECTED_2012["snp"] - 1}


def test_meek_elects_in_each_council_of_2012_whom_mollison_found(wards: list[Ward]) -> None:
    published = {name: plus(seats, LABELS_2012.get(name, {})) for name, seats in table(MEEK_2012).items()}
    by_meek = councils(wards, "2012", MEEK)
    assert {name: plus(seats, {}) for name, seats in by_meek.items()} == published
    differ = [name for name, seats in councils(wards, "2012").items() if seats != by_meek[name]]
    assert len(differ) >= 10  # a count that ran by the Scottish rules would not come out so
