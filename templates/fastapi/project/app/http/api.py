"""What requests to the API pass before their route is looked for."""

import re

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.about import BASE_PATH
from app.config import Settings
from app.http.error_handlers import respond
from app.http.errors import ApiError, unavailable
from app.http.rate_limit import count
from app.http.read_json import read_json

_API = re.compile(re.escape(BASE_PATH) + "(/|$)", re.I)
_DOCS = re.compile(r"/(docs|openapi\.json)(/|$)", re.I)


class GuardApi:
    """Load that the database cannot take, the limit of all requests, and bodies.

    Requests of the API are sent away with 503 while too many wait for the database: those that
    were accepted stay fast, and the others fail at once instead of waiting in vain.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_api = scope["type"] == "http" and _API.match(scope["path"])
        if not is_api and not (scope["type"] == "http" and _DOCS.match(scope["path"])):
            return await self.app(scope, receive, send)
        request = Request(scope)
        try:
            if is_api and scope["app"].state.db.is_crowded():
                raise unavailable()
            await count(request, "all", self.settings.rate_limit)
            if is_api:
                await read_json(scope, receive, self.settings.body_limit)
        except ApiError as error:
            return await respond(request, error)(scope, receive, send)
        await self.app(scope, receive, send)
