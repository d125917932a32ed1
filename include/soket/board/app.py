"""The board's web app. It knows neither Airflow nor where the bucket is: both are handed in."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI

from soket.board import mail_routes
from soket.board.access import Campaigns, LoadPlans, OpenWorkspace, Viewer
from soket.board.failures import add_failure_pages
from soket.board.pages import Pages
from soket.board.routes import router, viewer


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
    app.include_router(router)
    app.include_router(mail_routes.router)
    add_failure_pages(app, app.state.pages, login_path)
    return app
