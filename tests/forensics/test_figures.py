"""Figures of stations: what they are drawn from, the null band, and the page that holds them."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from sailau.cli.main import app
from sailau.cli.picturing import station_figures
from sailau.forensics import draw_clean, shapes, stuff
from sailau.forensics.stations import Stations
from sailau.plots import stations as plots

CLEAN = draw_clean(3_000, seed=2)
ROUNDED = stuff(CLEAN, 0.05, seed=3, way="rounded")


def test_votes_by_turnout_hold_every_vote() -> None:
    shape = shapes.by_turnout(CLEAN)
    assert shape.leading.sum() == CLEAN.leading.sum()
    assert shape.leading.sum() + shape.others.sum() == CLEAN.counted.sum()
    assert shape.ratio is None or shape.ratio > 0


def test_the_comet_holds_every_station() -> None:
    cells = shapes.comet(CLEAN)
    assert cells.sum() == len(CLEAN) and cells.shape == (50, 50)
    row, column = divmod(int(cells.argmax()), 50)
    middle = np.median(CLEAN.voters / CLEAN.registered), np.median(CLEAN.leading / CLEAN.counted)
    assert abs(row / 50 - middle[0]) < 0.15 and abs(column / 50 - middle[1]) < 0.2


@pytest.mark.parametrize("of", ["turnout", "share"])
def test_the_band_holds_clean_elections_as_often_as_it_says(of: str) -> None:
    """A band of 99.9 % is left upwards at one place in two thousand; here are some ten thousand places."""
    over = places = 0
    for seed in range(20):
        band = shapes.spikes(draw_clean(2_000, seed=seed), of)
        over += len(band.outside)
        places += int((band.expected > 0.5).sum())
    assert over / places < 2 * (1 - shapes.BAND)


def test_spikes_of_round_turnouts_stand_above_the_band_and_shares_do_not() -> None:
    turnout, share = (shapes.spikes(ROUNDED, of) for of in ("turnout", "share"))
    peaks = {int(cell) for cell in turnout.outside if cell % 50 == 0}
    assert {650, 700, 750, 800} <= peaks
    assert len(share.outside) <= 3
    assert turnout.observed.sum() == share.observed.sum() == pytest.approx(turnout.expected.sum(), rel=1e-6)


def test_tiles_add_up() -> None:
    areas = shapes.tiles(CLEAN)
    assert sum(tile.stations for tile in areas) == len(CLEAN)
    assert len(areas) == len(CLEAN.levels[-1].labels)
    one = CLEAN.levels[-1].codes == 4
    assert areas[4].turnout == pytest.approx(CLEAN.voters[one].sum() / CLEAN.registered[one].sum())
    assert {tile.region for tile in areas} == set(CLEAN.levels[0].labels)


def pictures(stations: Stations) -> dict[str, str]:
    leader = stations.contenders[stations.leader]
    return {
        "votes": plots.votes_by_turnout(shapes.by_turnout(stations), leader=leader),
        "comet": plots.comet_map(shapes.comet(stations), leader=leader),
        "spikes": plots.spike_band(shapes.spikes(stations, "turnout"), of="turnout"),
        "tiles": plots.tile_map(shapes.tiles(stations), leader=leader),
    }


@pytest.mark.parametrize("name", ["votes", "comet", "spikes", "tiles"])
def test_pictures_are_whole_xml_with_words(name: str) -> None:
    root = ET.fromstring(pictures(ROUNDED)[name])
    kinds = [element.tag.rpartition("}")[2] for element in root.iter()]
    assert root.get("role") == "img" and "desc" in kinds and kinds.count("text") > 3
    width, height = float(root.get("width") or 0), float(root.get("height") or 0)
    for element in root.iter():
        if element.tag.endswith("rect"):
            x, y = float(element.get("x") or 0), float(element.get("y") or 0)
            assert -1 <= x <= width and -1 <= y <= height


def test_the_picture_of_spikes_names_the_peaks() -> None:
    picture = pictures(ROUNDED)["spikes"]
    assert ">70%</text>" in picture and "expected" in picture
    clean = plots.spike_band(shapes.spikes(CLEAN, "share"), of="share")
    assert "font-weight" in clean and clean.count("expected</title>") <= 3


def test_no_figures_of_few_rows_and_none_without_a_register() -> None:
    assert station_figures(draw_clean(100, seed=1)) == []
    assert [figure.name for figure in station_figures(CLEAN)] == [
        "votes-by-turnout",
        "comet",
        "spikes-turnout",
        "spikes-share",
        "areas",
    ]


def write(stations: Stations, path: Path) -> Path:
    rows = ["region,commission,station,registered,voters,valid,invalid," + ",".join(stations.contenders)]
    for i in range(len(stations)):
        areas = [level.labels[level.codes[i]] for level in stations.levels]
        assert stations.valid is not None and stations.invalid is not None
        figures = stations.registered[i], stations.voters[i], stations.valid[i], stations.invalid[i], *stations.votes[i]
        rows.append(",".join([*areas, stations.names[i], *map(str, figures)]))
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_the_page_holds_all_it_needs_and_is_the_same_twice(tmp_path: Path) -> None:
    path = write(ROUNDED.take(np.arange(len(ROUNDED)) < 600), tmp_path / "stations.csv")
    run = CliRunner().invoke
    pages = []
    for name in ("one.html", "two.html"):
        done = run(app, ["forensics", str(path), "--seed", "5", "--report", str(tmp_path / name)])
        assert done.exit_code == 0
        pages.append((tmp_path / name).read_text(encoding="utf-8"))
    assert pages[0] == pages[1], "the same seed gives the same page"
    assert pages[0].count("<svg") == 5 and pages[0].count("<figcaption>") == 5
    assert not re.search(r"<script|(?:src|href)=|url\(", pages[0]), "no scripts, nothing from elsewhere"
    assert "@media print" in pages[0] and "fraud" not in pages[0].casefold()


def test_figures_into_a_folder_and_wrong_names(tmp_path: Path) -> None:
    path = write(CLEAN.take(np.arange(len(CLEAN)) < 400), tmp_path / "stations.csv")
    run = CliRunner().invoke
    assert run(app, ["forensics", str(path), "--figures", str(tmp_path / "figures")]).exit_code == 0
    assert {p.name for p in (tmp_path / "figures").iterdir()} >= {"comet.svg", "spikes-turnout.svg"}
    refused = run(app, ["forensics", str(path), "--report", str(tmp_path / "report.doc")])
    assert refused.exit_code == 2 and ".html" in refused.output
    assert not (tmp_path / "report.doc").exists()
