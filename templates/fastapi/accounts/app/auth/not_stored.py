import re

from starlette.types import ASGIApp, Receive, Scope, Send

from app.about import BASE_PATH

_ACCOUNTS = re.compile(rf"{re.escape(BASE_PATH)}/((auth|me)(/|$)|users(/[^/]*)?/?$)", re.I)


class NotStored:
    """Responses about accounts must not be cached, refusals included.

    They must not be compressed either, since the length of a compressed response can reveal a
    token (BREACH).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _ACCOUNTS.match(scope["path"]):
            policy = "private, no-store, no-transform"
            scope["state"]["headers"]["Cache-Control"] = policy
        await self.app(scope, receive, send)
