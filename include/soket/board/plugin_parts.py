"""What the Airflow plugin registers of the board.

Every Airflow process loads the plugin, each task's too, but only the API server shows pages: the app, and with it
FastAPI and Airflow's own API, is imported at the first request. This module is the board's only tie to Airflow.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from soket.board import SERVER
from soket.board.ui_language import Receive, Scope, Send

if TYPE_CHECKING:
    from fastapi import FastAPI

    from soket.board.access import Viewer


class LazyApp:
    """An ASGI app that is built when it is first asked for something."""

    def __init__(self, build: Callable[[], FastAPI]) -> None:
        self._build = build
        self._lock = Lock()
        self._app: FastAPI | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        app = self._app
        if app is None:
            # Building takes about a second: other requests go on meanwhile.
            app = await asyncio.to_thread(self._built)
        # What it is a part of: forms are sent on to Airflow's own API there.
        await app({**scope, SERVER: scope.get("app")}, receive, send)

    def _built(self) -> FastAPI:
        with self._lock:
            if self._app is None:
                self._app = self._build()
            return self._app


def build_board() -> FastAPI:
    """Return the board on the plans, the bucket and the clock of this environment, behind Airflow's login."""
    from soket.board.app import create_app
    from soket.plan.loader import load_all
    from soket.record.workspace import open_workspace

    return create_app(open_workspace, load_all, airflow_viewer())


def airflow_viewer() -> Callable[..., Viewer]:
    """Return a FastAPI dependency: the user behind the Airflow UI's cookie, who sees the plans whose DAGs they may."""
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
    from airflow.api_fastapi.auth.managers.models.resource_details import DagDetails
    from airflow.api_fastapi.core_api.security import get_user
    from fastapi import Depends

    from soket.board.access import Viewer

    def viewer(user: Any = Depends(get_user)) -> Viewer:  # noqa: ANN401, B008 - a BaseUser; FastAPI reads the default
        signed_in: BaseUser = user

        def may_see(plan: str) -> bool:
            details = DagDetails(id=f"{plan}.monitor")
            return get_auth_manager().is_authorized_dag(method="GET", details=details, user=signed_in)

        return Viewer(signed_in.get_name(), may_see)

    return viewer


def _icon(colour: str, halo: str) -> str:
    """Return a ticked list as an address that needs no request.

    The UI shows the same picture on its menu's ground and, chosen, on the opposite one: the halo carries it there.
    """
    lines = "M3 6l1.5 1.5L7.5 4.5M3 12.5L4.5 14l3-3M3 19l1.5 1.5 3-3M11.5 6H21M11.5 12.5H21M11.5 19H21"
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" '
        'stroke-linecap="round" stroke-linejoin="round">'
        f'<path stroke="{halo}" stroke-width="5" d="{lines}"/>'
        f'<path stroke="{colour}" stroke-width="2" d="{lines}"/></svg>'
    )
    return "data:image/svg+xml," + quote(drawing)


_ICONS = {"icon": _icon("#3f4b63", "#dce7f5"), "icon_dark_mode": _icon("#d5dbe7", "#25304a")}

FASTAPI_APPS = [{"name": "soket", "url_prefix": "/soket", "app": LazyApp(build_board)}]

# Addresses are relative: the UI's own base path, wherever Airflow is served, goes before them.
EXTERNAL_VIEWS = [
    {
        "name": "Theo dõi",  # a longer word is cut off in the menu
        "href": "soket/",
        "destination": "nav",
        "nav_top_level": True,
        "url_route": "soket",
        **_ICONS,
    },
    {
        "name": "Bảng theo dõi",
        "href": "soket/-/dag/{DAG_ID}",
        "destination": "dag",
        "url_route": "soket-board",
        **_ICONS,
    },
]
