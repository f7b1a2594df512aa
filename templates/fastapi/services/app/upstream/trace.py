"""The trace that a request belongs to, for the calls that it leads to (W3C Trace Context)."""

import re
from contextvars import ContextVar

from starlette.types import ASGIApp, Receive, Scope, Send

from app.http.proxies import header_of

_FORM = re.compile(r"[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}", re.A)

traceparent: ContextVar[str | None] = ContextVar("traceparent", default=None)


class RememberTrace:
    """Remembers the `traceparent` of each request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            given = header_of(scope, b"traceparent")
            traceparent.set(given if given and _FORM.fullmatch(given) else None)
        await self.app(scope, receive, send)
