"""A real server, a real browser, and a network that is cut."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
NO_BROWSER = "no Chromium: install Debian's package chromium, or name the program in CHROMIUM"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"


@contextmanager
def served(*words: str, cwd: Path | None = None) -> Iterator[str]:
    """Run ``sailau web`` and yield its first address, without the last slash."""
    code = "from sailau.cli.main import main; main()"
    command = [sys.executable, "-c", code, "web", "--no-open", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=cwd) as process:
        assert process.stdout is not None and process.stderr is not None
        url = process.stdout.readline().strip()
        assert url.startswith("http://"), process.stderr.read()
        try:
            yield url.rstrip("/")
        finally:
            process.terminate()
            process.wait(timeout=10)


class Watched:
    """A page whose requests and messages are kept; nothing but the server can be reached."""

    def __init__(self, browser: Any, base: str, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(120_000)
        self.base, self.elsewhere, self.said = base, list[str](), list[str]()
        self.context.route("**/*", self._route)
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))

    def _route(self, route: Any) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(self.base).netloc or route.request.url.startswith("blob:"):
            route.continue_()
        else:
            self.elsewhere.append(route.request.url)
            route.abort()

    def open(self, address: str) -> Any:
        self.page.goto(f"{self.base}{address}")
        self.page.wait_for_load_state("load")
        return self.page

    def close(self) -> None:
        """End; nothing was asked elsewhere and nothing was complained of."""
        self.context.close()
        assert self.elsewhere == []
        assert self.said == []
