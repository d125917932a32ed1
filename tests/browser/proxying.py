"""A reverse proxy as stands before the pages: under a path that it takes off, asking by another name."""

from __future__ import annotations

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

METHODS = ["GET", "HEAD", "POST", "PUT"]


def proxy_of(address: str, path: str, caller: str) -> Starlette:
    """Return a proxy of `address` under `path`, which says that `caller` asks, over TLS."""

    async def passed_on(request: Request) -> Response:
        headers = {
            name: value
            for name, value in request.headers.items()
            if name not in ("host", "connection", "x-forwarded-for", "x-forwarded-proto")
        }
        headers |= {"x-forwarded-for": caller, "x-forwarded-proto": "https"}
        asked = address + request.url.path.removeprefix(path)
        async with httpx.AsyncClient(follow_redirects=False, timeout=30) as client:
            answer = await client.request(
                request.method, asked, params=request.query_params, headers=headers, content=await request.body()
            )
        kept = {
            name: value
            for name, value in answer.headers.items()
            if name not in ("content-length", "transfer-encoding", "connection", "date", "server", "content-encoding")
        }
        return Response(answer.content, answer.status_code, kept)

    return Starlette(routes=[Route(path + "/{rest:path}", passed_on, methods=METHODS)])
