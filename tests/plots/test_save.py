"""Saving: three suffixes, letters stay letters, half a file never, a missing package is named with its line."""

import re
import sys
import zlib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sailau.plots.figures import canvas
from sailau.plots.hemicycle import hemicycle
from sailau.plots.save import rendered, save
from sailau.plots.shade import confusable, contrast, distance, grey, ink_on, themed
from sailau.plots.style import Style
from sailau.plots.svg import COLOURS, document, rect, text
from sailau.plots.vector import to_pdf
from sailau.terms.errors import Invalid, MissingExtra

HOUSE = {"Аманат": 62, "«Ақ жол»": 6, "Қазақстан халық партиясы, $5 & co": 5}


def picture() -> str:
    return hemicycle(HOUSE, Style("Мәжіліс: ә ғ қ ң ө ұ ү і һ"), majority=37)


def pages(raw: bytes) -> bytes:
    """Return what a PDF's streams hold, unpacked."""
    out = b""
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", raw, re.DOTALL):
        try:
            out += zlib.decompress(found[1])
        except zlib.error:
            out += found[1]
    return out


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf", ".PNG"])
def test_the_suffix_says_as_what(tmp_path: Path, suffix: str) -> None:
    begins = {".svg": b"<svg", ".png": b"\x89PNG", ".pdf": b"%PDF"}[suffix.lower()]
    assert save(picture(), tmp_path / f"x{suffix}").read_bytes().startswith(begins)
    assert [path.name for path in tmp_path.iterdir()] == [f"x{suffix}"]


def test_a_png_has_two_pixels_for_each_unit() -> None:
    raw = rendered(picture(), ".png")
    root = ElementTree.fromstring(picture())
    assert int.from_bytes(raw[16:20]) == 2 * float(root.attrib["width"])


def test_a_png_shows_every_kazakh_letter() -> None:
    """A letter without a glyph is drawn as the same empty box as any other letter without one."""
    signs = "әғқңөұүіһӘҒҚҢӨҰҮІҺ"
    drawn = {rendered(document(40, 40, [text(5, 25, sign)], title="", description=""), ".png") for sign in signs}
    assert len(drawn) == len(signs)


def test_a_pdf_holds_shapes_and_letters_and_no_image() -> None:
    raw = rendered(picture(), ".pdf")
    assert b"/Subtype /Image" not in raw
    assert b"/FontFile2" in raw
    inside = pages(raw)
    assert inside.count(b" c\n") >= 4 * sum(HOUSE.values())  # a seat is a circle of four curves at the least
    assert b"TJ" in inside


def test_a_shape_that_cannot_become_pdf_is_refused() -> None:
    drawn = document(10, 10, ['<ellipse cx="1" cy="1" rx="1" ry="2"/>'], title="T", description="D")
    with pytest.raises(Invalid, match="ellipse"):
        to_pdf(drawn)


def test_another_suffix_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"\.svg or \.png or \.pdf"):
        save(picture(), tmp_path / "x.gif")
    with pytest.raises(Invalid, match="make the folder first"):
        save(picture(), tmp_path / "missing" / "x.svg")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("suffix", "module"), [(".png", "resvg_py"), (".pdf", "matplotlib")])
def test_a_missing_package_is_named_with_its_line(
    suffix: str, module: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra, match=r"pip install 'sailau\[plot\]'"):
        save(picture(), tmp_path / f"x{suffix}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_a_figure_is_saved_the_same_twice(suffix: str) -> None:
    def once() -> bytes:
        with canvas(title="Мәжіліс", description="One line.", source="S") as (figure, axes):
            axes.plot([0, 1], [0, 1])
        return rendered(figure, suffix)

    assert once() == once()


def test_a_figure_as_svg_keeps_letters_and_says_what_it_shows() -> None:
    with canvas(title="Мәжіліс", description='He said "no".') as (figure, axes):
        axes.set_xlabel("дауыстар")
    root = ElementTree.fromstring(rendered(figure, ".svg"))
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'Мәжіліс. He said "no".'
    assert "дауыстар" in " ".join(root.itertext())


def test_drawing_leaves_the_settings_of_others_alone() -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    with canvas(title="T", description="D", theme="dark"):
        pass
    assert dict(mpl.rcParams) == before


def test_a_dark_page_turns_ink_and_paper_but_no_colour_of_the_data() -> None:
    turned = themed(picture(), "dark")
    assert 'fill="#1b1b1b"' not in turned and 'fill="#ffffff"' not in turned
    for shade in COLOURS[:3]:
        assert turned.count(f'"{shade}"') == picture().count(f'"{shade}"') > 0
    white = document(9, 9, [rect(0, 0, 5, 5, "#FFFFFF")], title="T", description="D")
    assert '"#FFFFFF"' in themed(white, "dark")


def test_print_is_grey() -> None:
    shades = set(re.findall(r"#[0-9a-f]{6}", themed(picture(), "print")))
    assert all(shade[1:3] == shade[3:5] == shade[5:7] for shade in shades)


def test_contrast_and_distance() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # WCAG's own example of a near miss
    assert ink_on("#f0e442") == "#111111" and ink_on("#0000aa") == "#FFFFFF"
    assert distance("#123456", "#123456") == 0
    assert confusable({"red": "#c04040", "green": "#6b7a20", "blue": "#0000ff"}) == [("red", "green")]
    assert contrast(grey("#0072b2"), "#ffffff") == pytest.approx(contrast("#0072b2", "#ffffff"), rel=0.02)
