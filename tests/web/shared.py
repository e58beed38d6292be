"""An application without a network, and what tests ask it."""

import json
import re
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import quote, urlencode

from sailau.web.app import bare_app
from sailau.web.ask import Answer, ask
from sailau.web.guard import Guard
from sailau.web.settings import Settings

KZ = "kz/mazhilis/2023-03-19"
LANGUAGES = ("en", "kk", "ru")
HTML = (("accept", "text/html"),)


class Site:
    """One application; every request goes through its guard."""

    def __init__(self, settings: Settings | None = None, **changes: Any) -> None:
        self.settings = replace(settings or Settings(), **changes)
        self.bare = bare_app(self.settings)
        self.app = Guard(self.bare, self.settings)

    @property
    def desk(self) -> Any:
        return self.bare.state.desk

    def get(self, address: str, *headers: tuple[str, str]) -> Answer:
        return ask(self.app, quote(address, safe="/?&=%:@,.[]+~#"), headers=headers or HTML)

    def post(self, address: str, value: object, *headers: tuple[str, str]) -> Answer:
        body = json.dumps(value).encode()
        return ask(
            self.app, address, method="POST", body=body, headers=(("content-type", "application/json"), *headers)
        )

    def upload(self, address: str, raw: bytes, name: str = "results.csv", **fields: str) -> Answer:
        edge = "----sailau"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in fields.items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = b"".join(parts) + head.encode() + raw + f"\r\n--{edge}--\r\n".encode()
        headers = (("content-type", f"multipart/form-data; boundary={edge}"), ("accept", "text/html"))
        return ask(self.app, address, method="POST", body=body, headers=headers)

    def post_form(self, address: str, **fields: str) -> Answer:
        headers = (("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html"))
        return ask(self.app, address, method="POST", body=urlencode(fields).encode(), headers=headers)

    def part(self, query: str) -> Any:
        return self.get(f"/lab/part?{query}").json()

    def close(self) -> None:
        self.desk.close()


def seats_in(page: str) -> dict[str, list[str]]:
    """Return the cells of the table of seats by party."""
    table = re.search(r'<table class="seats[^>]*>.*?</table>', page, re.DOTALL)
    assert table, "no table of seats"
    rows = re.findall(r'<tr class="[^"]*">\s*<th scope="row">(.*?)</th>(.*?)</tr>', table[0], re.DOTALL)
    return {
        _text(name): [_text(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", cells, re.DOTALL)]
        for name, cells in rows
    }


def _text(markup: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", markup)).strip()
