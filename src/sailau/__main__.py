"""``python -m sailau``: the command line, where the program itself is not on the path."""

from sailau.cli.start import main

if __name__ == "__main__":
    main()
