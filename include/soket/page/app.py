"""The web app of the units' pages: a server of its own, so that units need no way into Airflow."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from soket.board.access import Campaigns, LoadPlans, OpenWorkspace
from soket.board.pages import Pages
from soket.folders import templates_folder
from soket.page import leaders
from soket.page.answering import answers
from soket.page.bodies import BoundedBodies
from soket.page.codes import codes
from soket.page.confirming import confirming
from soket.page.desk import Desks
from soket.page.door import ClosedDoorError, CodeNeededError
from soket.page.door_bell import door_bell
from soket.page.forms import forms
from soket.page.handovers import handovers
from soket.page.receipts import receipts
from soket.page.routes import router, sending
from soket.page.staging import RefusedFileError
from soket.page.taking_back import taking_back
from soket.page.talk import talk
from soket.stack.tries import Tries
from soket.store.connect import NoStoreError
from soket.store.store import StoreFailedError

log = logging.getLogger(__name__)

# Our own script alone runs, and talks to nobody else: names of files and units are strangers' words.
_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_WRONG_LINKS = 30  # from one address, enough for an office behind one router and far too few for guessing
_LINK_ASKS = 60  # the same, of units' links
_WITHIN = 600.0  # seconds
_FAILURE = (
    "Trang nộp hồ sơ đang gặp sự cố",
    "Tệp đã gửi vẫn còn. Hãy tải lại trang sau ít phút; vẫn không được thì liên hệ nơi ghi trong thư.",
)


def create_app(open_workspace: OpenWorkspace, load_plans: LoadPlans) -> FastAPI:
    """Return the units' pages, on the campaigns that `open_workspace` opens."""
    templates = templates_folder() / "page"
    desks = Desks()

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        """Serve; then end what runs beside the page."""
        yield
        await run_in_threadpool(desks.close)

    app = FastAPI(
        title="soket", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False, lifespan=living
    )
    app.state.pages = Pages(templates, _POLICY, "page.js")
    # A link that was renewed opens nothing: no register that is over is shown.
    app.state.campaigns = Campaigns(open_workspace, load_plans, while_reading=0.0)
    app.state.desks = desks
    app.state.wrong_links = Tries(_WRONG_LINKS, _WITHIN)
    app.state.link_asks = Tries(_LINK_ASKS, _WITHIN)
    # Leaders' before the units': a unit's address would fit its. Including a router would make each route anew.
    before, inside = (codes, handovers, door_bell), (receipts, answers, forms, confirming, taking_back, talk)
    for each in (leaders.router, router, sending, *inside, *before):
        app.router.routes.extend(each.routes)
    app.add_middleware(BoundedBodies)
    _add_failures(app)
    app.add_exception_handler(CodeNeededError, _lead_to_code)
    return app


def _lead_to_code(_: Request, error: Exception) -> Response:
    return RedirectResponse(str(error), 303)


def _add_failures(app: FastAPI) -> None:
    """Answer every error with a page or, to the script, with its words."""

    def sorry(request: Request, status: int, title: str, message: str) -> Response:
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse({"title": title, "message": message}, status)
        pages: Pages = app.state.pages
        return pages.answer(request, "sorry.html", status=status, title=title, message=message)

    @app.exception_handler(ClosedDoorError)
    def closed(request: Request, error: ClosedDoorError) -> Response:
        return sorry(request, error.status, error.title, str(error))

    @app.exception_handler(RefusedFileError)
    def refused(request: Request, error: RefusedFileError) -> Response:
        return sorry(request, 409, "Chưa làm được", str(error))

    @app.exception_handler(RequestValidationError)
    @app.exception_handler(ClientDisconnect)
    def unreadable(request: Request, error: Exception) -> Response:  # noqa: ARG001 - its words are English
        return sorry(request, 422, "Chưa làm được", "Yêu cầu không đủ thông tin. Hãy tải lại trang rồi thử lại.")

    @app.exception_handler(HTTPException)
    def absent(request: Request, error: HTTPException) -> Response:
        if error.status_code == 404:
            return sorry(request, 404, "Không có trang này", "Hãy mở lại bằng đường dẫn trong thư.")
        words = "Yêu cầu không hợp lệ, hoặc quá nhiều tệp một lần. Hãy thử lại."
        return sorry(request, error.status_code, "Chưa làm được", words)

    @app.exception_handler(NoStoreError)
    @app.exception_handler(StoreFailedError)
    def no_store(request: Request, error: Exception) -> Response:
        log.error("the bucket does not answer", exc_info=error)
        return sorry(request, 503, *_FAILURE)

    @app.exception_handler(Exception)
    def broken(request: Request, error: Exception) -> Response:
        log.error("a unit's page failed", exc_info=error)
        return sorry(request, 500, *_FAILURE)


def serve(host: str, port: int, root_path: str, proxies: str) -> None:
    """Serve the units' pages of this environment until the process is ended.

    `proxies`, addresses or networks with commas between, are those whose word is taken of who asks, and by which
    protocol.
    """
    import uvicorn

    from soket.plan.loader import load_all
    from soket.record.workspace import open_workspace

    # Addresses hold the links by which units come in: no access log.
    uvicorn.run(
        create_app(open_workspace, load_all),
        host=host,
        port=port,
        root_path=root_path,
        forwarded_allow_ips=proxies,
        access_log=False,
        log_level="warning",
    )
