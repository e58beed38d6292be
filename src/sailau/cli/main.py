"""The door: one command a file, errors as one clear message, exit codes as documented.

0 done · 1 a check says no · 2 wrong usage · 3 not found · 4 bad law or data · 5 the law cannot decide · 130 interrupted
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from sailau.cli.shelf import Program

if TYPE_CHECKING:
    from sailau.terms.errors import SailauError

app = typer.Typer(
    name="sailau",
    cls=Program,
    help="People, parties, votes, seats, power: law as data, counted exactly and with reasons.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def begin(
    ctx: typer.Context,
    lang: Annotated[str | None, typer.Option("--lang", help="en, kk or ru, for all that is said.")] = None,
) -> None:
    """Speak the language asked for, else that of SAILAU_LANG, else that of the machine."""
    from sailau.locale import language
    from sailau.terms.speech import speaking

    ctx.with_resource(speaking(language(lang)))


def main() -> None:
    """Run the command line; nothing but the documented exit codes leaves it."""
    from sailau.terms.errors import SailauError

    try:
        app(language_first(sys.argv[1:]))
    except KeyboardInterrupt:
        _stop()
    except SystemExit as end:
        if _is_silent(end):
            print("interrupted", file=sys.stderr)
        raise
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as fault:
        if _hides_interrupt(fault):
            _stop()
        error = _of_the_system(fault) if isinstance(fault, OSError) else fault
        if not isinstance(error, SailauError):
            raise
        _tell(error)
        sys.exit(error.exit_code)


def language_first(words: list[str]) -> list[str]:
    """Return the words of the command line with --lang before the command, so that it may stand anywhere.

    The web server keeps its own: there it is the language of the pages.
    """
    end = words.index("--") if "--" in words else len(words)
    at = next((i for i, word in enumerate(words[:end]) if word == "--lang" or word.startswith("--lang=")), None)
    if at is None or "web" in words[:at] or words[at:] == ["--lang"]:
        return words
    n = 2 if words[at] == "--lang" else 1
    return words[at : at + n] + words[:at] + words[at + n :]


def _of_the_system(fault: OSError) -> SailauError:
    """Return what the system refused as an error of ours: a full disk, a folder that may not be made."""
    from sailau.terms.errors import Invalid, Place
    from sailau.terms.speech import say

    place = Place(str(fault.filename)) if fault.filename is not None else None
    return Invalid(say("the system refuses: {why}", why=fault.strerror or str(fault)), place=place)


def _stop() -> NoReturn:
    print("interrupted", file=sys.stderr)
    sys.exit(130)


def _tell(error: SailauError) -> None:
    """Write an error to stderr, in the language that it is in."""
    from sailau.terms.speech import language_of, say, speaking

    with speaking(language_of(error.what)):
        print(f"{say('error')}: {error}", file=sys.stderr)


def _is_silent(end: SystemExit) -> bool:
    """Tell whether typer turned an interrupt into an exit code; commands that say more leave of themselves."""
    cause = end.__context__
    return cause is not None and isinstance(cause.__cause__, KeyboardInterrupt)


def _hides_interrupt(fault: BaseException) -> bool:
    """Tell whether a fault is what a compiler, or a library that was being loaded, made of an interrupt."""
    seen: BaseException | None = fault
    while seen is not None and not isinstance(seen, KeyboardInterrupt):
        seen = seen.__cause__ or seen.__context__
    return seen is not None
