"""Where the program starts and ends, so that Ctrl-C, a full disk and an old terminal end it in one way at any moment.

Loading the command line takes a moment, and so does taking down what a command loaded. Without this module Ctrl-C ends
in a traceback in the first moment, and in the last one in death by the signal after everything is done.
"""

import os
import signal
import sys
from io import TextIOWrapper


def main() -> None:
    """Load the command line and run it; from then on to the very end nothing is left to interrupt."""
    try:
        prepare()
        from sailau.cli.main import main as run

        run()
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        sys.exit(130)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        flush()


def prepare() -> None:
    """Let every letter be written, and a program without stdout run.

    Files and pipes get UTF-8 unless PYTHONIOENCODING names something else; a terminal that knows fewer letters is shown
    the number of those it lacks.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        elif isinstance(stream, TextIOWrapper) and "utf" not in stream.encoding.lower():
            if stream.isatty() or "PYTHONIOENCODING" in os.environ:
                stream.reconfigure(errors="backslashreplace")
            else:
                stream.reconfigure(encoding="utf-8")


def flush() -> None:
    """Write what is still held back; where it cannot be written, say so and exit with 4."""
    try:
        sys.stdout.flush()
    except OSError as cause:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(cause, BrokenPipeError):
            print(f"error: the output cannot be written: {cause.strerror}", file=sys.stderr)
            sys.exit(4)
