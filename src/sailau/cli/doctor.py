"""sailau doctor: is everything there, and in order."""

from __future__ import annotations

import typer

from sailau.cli.options import Form, Json
from sailau.cli.output import emit


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(form: Form = None, json: Json = False) -> None:
    """Check the installation: versions, extras, laws, elections.

    Exit code 1 when something is missing that every installation has. Example: sailau doctor
    """
    rows = [*_versions(), *_extras(), _compiler(), _laws(), _elections()]
    from sailau.report.table import Table

    emit(Table(("what", "found", "ok"), tuple(rows), "sailau doctor"), "doctor", form=form, as_json=json)
    if not all(row[2] for row in rows):
        raise typer.Exit(1)


def _versions() -> list[tuple[str, str, bool]]:
    import platform

    import sailau

    rows = [("sailau", sailau.__version__, True), ("python", platform.python_version(), True)]
    for name in _needed()[""]:
        found = _version(name)
        rows.append((name, found or "missing", found is not None))
    return rows


def _extras() -> list[tuple[str, str, bool]]:
    rows = []
    for extra, names in sorted(_needed().items()):
        if extra:
            missing = [name for name in names if _version(name) is None]
            said = f"without {', '.join(missing)}: pip install 'sailau[{extra}]'" if missing else "installed"
            rows.append((f"extra {extra}", said, True))
    return rows


def _needed() -> dict[str, list[str]]:
    """Return the packages that sailau asks for, by extra; "" is what every installation has."""
    import re
    from importlib.metadata import metadata

    about = metadata("sailau")
    out: dict[str, list[str]] = {"": [], **{extra: [] for extra in about.get_all("Provides-Extra") or ()}}
    for line in about.get_all("Requires-Dist") or ():
        name = re.match(r"[\w.-]+", line)
        extra = re.search(r"extra == ['\"]([\w-]+)['\"]", line)
        if name is not None:
            out[extra[1] if extra else ""].append(name[0])
    return out


def _version(name: str) -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _compiler() -> tuple[str, str, bool]:
    from sailau.kernels.engine import COMPILED, keeps_compiled

    if not COMPILED:
        return "fast counts", "switched off: simulations take five to ten times as long", True
    if not keeps_compiled():
        said = "compiled anew in every run, as no cache can be written; NUMBA_CACHE_DIR names a folder for it"
        return "fast counts", said, True
    return "fast counts", "compiled once and kept", True


def _laws() -> tuple[str, str, bool]:
    from sailau.law.library import law_ids, load_editions
    from sailau.terms.errors import SailauError

    try:
        editions = [law for name in law_ids() for law in load_editions(name)]
    except SailauError as error:
        return "laws", str(error), False
    unchecked = sum(law.checked is None for law in editions)
    return "laws", f"{len(editions)} editions of {len(law_ids())} laws, {unchecked} not compared", bool(editions)


def _elections() -> tuple[str, str, bool]:
    from sailau.records.library import election_ids, load_election
    from sailau.terms.errors import SailauError

    try:
        found = [load_election(name) for name in election_ids()]
    except SailauError as error:
        return "elections", str(error), False
    return "elections", f"{len(found)}", bool(found)
