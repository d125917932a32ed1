"""The board's web app, knowing neither Airflow nor where the bucket is, and the pages that say why there is no page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from copy import copy
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute, request_response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import BaseRoute

from soket.board import act_routes, mail_routes, question_routes, rerun_routes
from soket.board.access import (
    Campaigns,
    ElsewhereError,
    LoadPlans,
    NotAllowedError,
    NotHereError,
    OpenWorkspace,
    Viewer,
)
from soket.board.form_seal import ForeignFormError
from soket.board.frame import viewer
from soket.board.pages import Pages, root_of
from soket.board.routes import router
from soket.store.connect import NoStoreError

log = logging.getLogger(__name__)


def create_app(
    open_workspace: OpenWorkspace,
    load_plans: LoadPlans,
    authenticate: Callable[..., Viewer],
    *,
    login_path: str = "/api/v2/auth/login",
) -> FastAPI:
    """Return the board.

    `authenticate` is a FastAPI dependency that returns who looks, or raises an HTTPException with 401 or 403;
    `login_path` is where a viewer signs in, from the server's root.
    """
    app = FastAPI(title="soket", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.pages = Pages()
    app.state.campaigns = Campaigns(open_workspace, load_plans)
    app.dependency_overrides[viewer] = authenticate
    for each in (router, mail_routes.router, act_routes.router, question_routes.router, rerun_routes.router):
        app.router.routes.extend(_of(app, route) for route in each.routes)
    add_failure_pages(app, app.state.pages, login_path)
    return app


def _of(app: FastAPI, route: BaseRoute) -> BaseRoute:
    """Return a route that asks an app whom it lets in: including its router would work all of it out anew."""
    if not isinstance(route, APIRoute):
        return route
    own = copy(route)
    own.dependency_overrides_provider = app
    own.app = request_response(own.get_route_handler())
    return own


_BY_STATUS = {
    401: ("Chưa đăng nhập", "Phiên đăng nhập không có hoặc đã hết hạn. Hãy đăng nhập lại."),
    403: ("Không có quyền xem", "Tài khoản này không có quyền xem trang. Hãy liên hệ cơ quan vận hành hệ thống."),
    404: ("Không tìm thấy", "Không có trang này. Hãy quay lại danh sách các đợt báo cáo."),
    422: ("Địa chỉ không hợp lệ", "Bộ lọc trong địa chỉ không dùng được. Hãy quay lại trang trước và chọn lại."),
}
_FOREIGN = (
    "Mẫu không còn dùng được",
    "Chưa ghi gì. Mẫu để quá lâu, mở bằng tài khoản khác, hoặc không gửi từ bảng theo dõi. Mở lại mẫu rồi điền lại.",
)
_OTHERWISE = ("Không mở được trang", "Hãy quay lại danh sách các đợt báo cáo.")


def _asked(request: Request) -> str:
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def add_failure_pages(app: FastAPI, pages: Pages, login_path: str) -> None:
    """Answer every error of an app with a page; `login_path` is relative to the server's root."""

    def page(request: Request, status: int, title: str, message: str) -> Response:
        login = None
        if status in (401, 403):
            server = request.scope.get("app_root_path", "").rstrip("/")
            login = f"{server}{login_path}?next={quote(_asked(request))}"
        return pages.answer(request, "failure.html", status=status, title=title, message=message, login=login)

    @app.exception_handler(HTTPException)
    @app.exception_handler(ClientDisconnect)
    def refused(request: Request, error: HTTPException | ClientDisconnect) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 400  # of who hung up: nobody hears it
        return page(request, status, *_BY_STATUS.get(status, _OTHERWISE))

    @app.exception_handler(RequestValidationError)
    def unreadable(request: Request, error: RequestValidationError) -> Response:  # noqa: ARG001 - its words are English
        return page(request, 422, *_BY_STATUS[422])

    @app.exception_handler(NotHereError)
    def not_here(request: Request, error: NotHereError) -> Response:
        return page(request, 404, "Không tìm thấy", str(error))

    @app.exception_handler(ElsewhereError)
    def elsewhere(request: Request, error: ElsewhereError) -> Response:  # noqa: ARG001 - it knows where
        return RedirectResponse(str(error), 303)

    @app.exception_handler(NotAllowedError)
    @app.exception_handler(ForeignFormError)
    def not_allowed(request: Request, error: NotAllowedError | ForeignFormError) -> Response:
        return page(request, 403, *(_FOREIGN if isinstance(error, ForeignFormError) else _BY_STATUS[403]))

    @app.exception_handler(NoStoreError)
    def no_store(request: Request, error: NoStoreError) -> Response:
        return page(request, 503, "Chưa có kho dữ liệu", str(error))

    @app.exception_handler(Exception)
    def broken(request: Request, error: Exception) -> Response:
        log.error("the board could not show %s", root_of(request) + request.url.path, exc_info=error)
        return page(
            request,
            500,
            "Không đọc được sổ theo dõi",
            "Kho dữ liệu không trả lời hoặc có lỗi. Hãy tải lại sau ít phút; nếu vẫn lỗi, báo cơ quan vận hành.",
        )
