"""Estimates by unit, and the figures of an inference."""

import xml.etree.ElementTree as ET
from pathlib import Path

import duckdb
import numpy as np
import pytest
from tests.votes.known import SHARED, needs_shared
from typer.testing import CliRunner

from sailau.cli.main import app
from sailau.cli.picturing import inference_figures
from sailau.plots.bounds import tomography
from sailau.plots.transfers import transfer_flow
from sailau.votes.infer import Inference, infer
from sailau.votes.margins import Margins
from sailau.votes.units import by_unit


def made(units: int = 60, seed: int = 1) -> Inference:
    rng = np.random.default_rng(seed)
    people = rng.integers(50, 500, (units, 3))
    shares = rng.dirichlet([4, 3, 2], 3)
    votes = np.array([sum(rng.multinomial(n, p) for n, p in zip(row, shares, strict=True)) for row in people])
    return infer(Margins.of(people, votes, groups=["a", "b", "c"], options=["x", "y", "z"]))


def test_units_have_their_margins_stay_in_their_bounds_and_add_up() -> None:
    found = made()
    tables = by_unit(found)
    assert tables is not None and found.table is not None
    people, votes = found.margins.people, found.margins.votes
    size = people.sum(axis=1)[:, None, None]
    np.testing.assert_allclose(tables.sum(axis=2), people, atol=1e-3)
    np.testing.assert_allclose(tables.sum(axis=1), votes, atol=1e-3)
    np.testing.assert_allclose(tables.sum(axis=0), found.table, atol=1e-5 * people.sum())
    least = np.maximum(0, people[:, :, None] + votes[:, None, :] - size)
    assert (tables >= least - 1e-3).all()
    assert (tables <= np.minimum(people[:, :, None], votes[:, None, :]) + 1e-3).all()


def test_nothing_by_unit_where_nothing_was_estimated() -> None:
    refused = infer(Margins.of([[60, 40], [10, 90]], [[50, 50], [20, 80]]))
    assert refused.refused and by_unit(refused) is None
    assert [figure.name for figure in inference_figures(refused)] == ["bounds", "tomography"]


@needs_shared
def test_units_of_known_truth_are_nearer_than_common_shares() -> None:
    """Race by registration, precinct by precinct: the only truth by unit."""
    margins, answers = SHARED / "senc_margins.parquet", SHARED / "senc_truth.parquet"
    rows = duckdb.execute("select unit, margin, option, count from read_parquet(?)", [str(margins)]).fetchall()
    wanted = 'select unit, "row", "column", count from read_parquet(?)'
    truth_rows = duckdb.execute(wanted, [str(answers)]).fetchall()
    people, votes, truth = np.zeros((212, 3), int), np.zeros((212, 3), int), np.zeros((212, 3, 3))
    for unit, margin, option, count in rows:
        (people if margin == "row" else votes)[unit - 1, option - 1] = count
    for unit, row, column, count in truth_rows:
        truth[unit - 1, row - 1, column - 1] = count
    found = infer(Margins.of(people, votes))
    tables = by_unit(found)
    assert tables is not None and found.table is not None

    def error(table: np.ndarray) -> float:
        return float(50 * np.abs(table - truth).sum() / truth.sum())

    common = people[:, :, None] * (found.table / found.table.sum(axis=1, keepdims=True))
    independent = people[:, :, None] * votes[:, None, :] / people.sum(axis=1)[:, None, None]
    assert error(tables) < error(independent) < error(common)
    assert [round(error(table), 1) for table in (tables, independent)] == [2.4, 8.9], "as the page on it says"


def ends_of(picture: str) -> list[tuple[float, float, float, float]]:
    root = ET.fromstring(picture)
    keys = ("x1", "y1", "x2", "y2")
    lines = [el for el in root.iter() if el.tag.endswith("line")]
    return [tuple(float(el.get(key) or 0) for key in keys) for el in lines]  # type: ignore[misc]  # four of them


def test_tomography_lines_pass_through_the_truth_of_their_unit() -> None:
    """A unit of 60 and 40 with 45 votes: shares .5 and .375 lie on its line, whose ends lie on the edges."""
    picture = tomography(Margins.of([[60, 40]], [[45, 55]], groups=["a", "b"], options=["x", "y"]), "a", "x")
    ((x1, y1, x2, y2),) = ends_of(picture)
    side, left = 440.0, 70.0
    shares = [((x1 - left) / side, y1), ((x2 - left) / side, y2)]
    assert min(s for s, _ in shares) == pytest.approx(5 / 60, abs=1e-3)
    assert max(s for s, _ in shares) == pytest.approx(45 / 60, abs=1e-3)
    slope = (y2 - y1) / (x2 - x1)
    assert slope == pytest.approx(60 / 40, abs=0.01)


def test_flows_are_as_wide_as_the_people() -> None:
    table = np.array([[70.0, 30.0], [0.0, 100.0]])
    picture = transfer_flow(table, ["a", "b"], ["x", "y"])
    root = ET.fromstring(picture)
    bands = [el for el in root.iter() if el.tag.endswith("polygon")]
    assert len(bands) == 3, "an empty cell has no band"
    depths = []
    for band in bands:
        ys = [float(pair.split(",")[1]) for pair in (band.get("points") or "").split()]
        depths.append(ys[-1] - ys[0])
    assert sorted(depths)[0] / sorted(depths)[-1] == pytest.approx(0.3, abs=0.01)
    assert "35.0%" in picture and "65.0%" in picture


def test_the_command_writes_units_and_a_page(tmp_path: Path) -> None:
    found = made()
    rows = ["unit,group:a,group:b,group:c,option:x,option:y,option:z"]
    margins = found.margins
    rows += [",".join(map(str, [i, *margins.people[i], *margins.votes[i]])) for i in range(60)]
    path = tmp_path / "margins.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    run = CliRunner().invoke
    units, page = tmp_path / "units.csv", tmp_path / "page.html"
    done = run(app, ["infer", str(path), "--by-unit", str(units), "--report", str(page)])
    assert done.exit_code == 0
    assert len(units.read_text(encoding="utf-8").splitlines()) == 1 + 60 * 9
    assert page.read_text(encoding="utf-8").count("<svg") == 3
    assert run(app, ["infer", str(path), "--by-unit", str(tmp_path / "units.doc")]).exit_code == 2
