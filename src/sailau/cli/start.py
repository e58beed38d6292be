"""Where the program starts and ends, so that Ctrl-C ends it in one way at any moment.

Loading the command line takes a moment, and so does taking down what a command loaded. Without this module Ctrl-C ends
in a traceback in the first moment, and in the last one in death by the signal after everything is done.
"""

import signal
import sys


def main() -> None:
    """Load the command line and run it; from then on to the very end nothing is left to interrupt."""
    try:
        from sailau.cli.main import main as run

        run()
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        sys.exit(130)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
