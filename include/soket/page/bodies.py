"""How much anyone may send at a time: refused before it is read, whoever sends it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from soket.page.staging import PART

_FORM = 640 << 20  # bytes of a form with files, which lie on disk while they come
_OTHER = 2 * PART

_TOO_MUCH = {
    "title": "Chưa làm được",
    "message": "Yêu cầu gửi lên quá lớn. Hãy tải lại trang, gửi ít tệp hơn một lần hoặc giảm ảnh trong tệp.",
}


class BoundedBodies:
    """Lets no request through that is larger than any of its kind may be, or does not say how large it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Request(scope).headers
        most = _FORM if headers.get("content-type", "").startswith("multipart/") else _OTHER
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > most:
            await JSONResponse(_TOO_MUCH, 413, headers={"Connection": "close"})(scope, receive, send)
            return
        come = 0

        async def counted() -> Message:
            nonlocal come
            message = await receive()
            come += len(message.get("body", b""))
            # Who does not say how much comes, in pieces, is cut off where it is too much.
            return message if come <= most else {"type": "http.disconnect"}

        await self._app(scope, counted, send)
