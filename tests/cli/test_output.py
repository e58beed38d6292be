"""Tables in a terminal: figures and headings stay whole however narrow it is; only long words are folded."""

import pytest

from sailau.cli.output import Format, emit
from sailau.report.table import Table

ROWS = (("amanat", "0.999999", 3_431_510, 62), ("an-alliance-of-many-parties", "0.000001", 9, 0))


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_no_figure_and_no_heading_is_cut(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    emit(Table(("party", "chance", "votes_in_all", "relevance"), ROWS, "T"), "x", form=Format.table)
    lines = capsys.readouterr().out.splitlines()
    words = [word for line in lines for word in line.split()]
    for word in ("amanat", "0.999999", "0.000001", "3,431,510", "62", "chance", "votes", "all", "relevance"):
        assert word in words, (width, lines)
    assert ("an-alliance-of-many-parties" in words) == (width > 60)
