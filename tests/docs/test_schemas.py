"""The schemas for editors: every file that ships fits its own, and files that the loader refuses do not."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from sailau.files.document import read_document
from sailau.terms.errors import InvalidRecord

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "law": "laws/**/*.yaml",
    "election": "elections/**/election.yaml",
    "party-law": "registers/*/parties/*.yaml",
    "areas": "registers/*/areas.yaml",
    "cases": "registers/*/cases.yaml",
    "population": "populations/*/population.yaml",
    "entry": "examples/entry/*.yaml",
}


def plain(value: Any) -> Any:
    """Return a document as JSON has it."""
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def schema(name: str) -> Any:
    return jsonschema_rs.validator_for(json.loads((ROOT / f"schemas/{name}.schema.json").read_text("utf-8")))


@pytest.mark.parametrize("name", FILES)
def test_every_file_fits_its_schema(name: str) -> None:
    paths = sorted(ROOT.glob(FILES[name]))
    assert paths
    one = schema(name)
    for path in paths:
        faults = [str(fault)[:300] for fault in one.iter_errors(plain(read_document(path, InvalidRecord).values))]
        assert not faults, f"{path}: {faults[0]}"


@pytest.mark.parametrize("name", FILES)
def test_an_unknown_key_fits_no_schema(name: str) -> None:
    path = sorted(ROOT.glob(FILES[name]))[0]
    values = plain(read_document(path, InvalidRecord).values)
    assert schema(name).is_valid(values)
    assert not schema(name).is_valid(values | {"shoe": 1})


def test_a_condition_without_its_article_fits_no_schema() -> None:
    values = plain(read_document(ROOT / "registers/kz/parties/2022-11-05.yaml", InvalidRecord).values)
    members = next(part for part in values["conditions"] if "members" in part)
    del members["members"]["cite"]
    assert not schema("party-law").is_valid(values)
