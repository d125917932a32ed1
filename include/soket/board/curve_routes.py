"""The board's page of how reports came in over time."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from soket.board.curve import curves_of
from soket.board.routes import Here, show

router = APIRouter()


@router.get("/{plan}/{campaign}/curve")
def curve(request: Request, here: Here) -> Response:
    """How many had sent, in time or late, at the end of each working day."""
    return show(request, here, "curve.html", curves=curves_of(here.workspace, here.register))
