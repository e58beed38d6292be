"""The application: routes, errors and the guard, put together for one server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

import sailau
from sailau.terms.errors import SailauError
from sailau.web import api, failing, pages
from sailau.web.desk import Desk
from sailau.web.guard import Guard
from sailau.web.jobs import Jobs
from sailau.web.problems import Refused
from sailau.web.settings import Settings
from sailau.web.tongue import Tongue

if TYPE_CHECKING:
    from starlette.types import ASGIApp

ABOUT = """Votes to seats, exactly, with the reason and the article for every seat: the functions of the command line
over HTTP. Errors are problem documents (RFC 9457) in the words of the command line."""


def create_app(settings: Settings | None = None) -> ASGIApp:
    """Return the application, guarded; everything it shares stands on its desk.

    Parameters
    ----------
    settings : Settings, optional
        By default: the archive alone, for this machine alone.
    """
    chosen = settings or Settings()
    return Guard(bare_app(chosen), chosen)


def bare_app(settings: Settings) -> FastAPI:
    """Return the application without its guard."""
    app = FastAPI(
        title="sailau",
        version=sailau.__version__,
        description=ABOUT,
        docs_url=None,  # the usual page of documentation fetches its scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=_life,
    )
    app.add_middleware(Tongue, default=settings.lang)
    app.state.desk = Desk(settings, Jobs(settings.jobs_each))
    for router in (*api.ROUTERS, *pages.ROUTERS):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=Path(str(files("sailau.web") / "static"))), name="static")
    app.add_exception_handler(SailauError, failing.of_sailau)
    app.add_exception_handler(Refused, failing.of_refused)
    app.add_exception_handler(RequestValidationError, failing.of_validation)
    app.add_exception_handler(HTTPException, failing.of_http)
    app.add_exception_handler(Exception, failing.of_fault)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.desk.close()
