"""The refresh token of pages: in a cookie that no script can read."""

from datetime import datetime
from typing import Literal, TypedDict

from starlette.requests import HTTPConnection
from starlette.responses import Response

from app.db.clock import now
from app.http.request import path_for

# Browsers accept the prefix only with `Secure`: over HTTPS, or from localhost (RFC 6265bis).
REFRESH_COOKIE = "__Secure-refresh_token"


def read_refresh_cookie(request: HTTPConnection) -> str | None:
    """The refresh token in the cookie of a request; None without the cookie.

    Of several cookies with this name, at least one was set by somebody else, so they count as an
    invalid token.
    """
    lines = request.headers.getlist("cookie")
    pairs = [pair.strip() for line in lines for pair in line.split(";")]
    start = f"{REFRESH_COOKIE}="
    found = [pair.removeprefix(start) for pair in pairs if pair.startswith(start)]
    if len(found) > 1:
        return ""
    return found[0] if found else None


def set_refresh_cookie(request: HTTPConnection, token: str, expires_at: datetime) -> None:
    """Stores a refresh token in the browser until its session expires."""
    answer = Response()
    life = max(0, int((expires_at - now()).total_seconds()))
    answer.set_cookie(REFRESH_COOKIE, token, max_age=life, **_attributes_of(request))
    _add(request, answer)


def clear_refresh_cookie(request: HTTPConnection) -> None:
    """Clears the cookie of the request, if it has one."""
    if read_refresh_cookie(request) is None:
        return
    answer = Response()
    answer.delete_cookie(REFRESH_COOKIE, **_attributes_of(request))
    _add(request, answer)


class _Attributes(TypedDict):
    path: str
    httponly: bool
    secure: bool
    samesite: Literal["strict"]


def _attributes_of(request: HTTPConnection) -> _Attributes:
    """Scripts cannot read the cookie, and browsers send it to the routes below `/auth` only."""
    path = path_for(request, "/auth")
    return {"path": path, "httponly": True, "secure": True, "samesite": "strict"}


def _add(request: HTTPConnection, answer: Response) -> None:
    """To the answer of the request, also if that is an error."""
    request.scope["state"]["headers"]["Set-Cookie"] = answer.headers["set-cookie"]
