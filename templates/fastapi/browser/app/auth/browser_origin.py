"""Which pages may use the refresh cookie: those of this server and of BROWSER_ORIGINS."""

import re

from starlette.requests import HTTPConnection

from app.about import BASE_PATH
from app.auth.refresh_cookie import read_refresh_cookie
from app.config import Settings
from app.http.errors import forbidden

_WITH_COOKIE = re.compile(rf"{re.escape(BASE_PATH)}/auth/(refresh|logout|logout-all)/?", re.I)
_USUAL_PORTS = {"http": ":80", "https": ":443"}


def require_browser_origin(request: HTTPConnection) -> None:
    """Raises 403 unless a page of this server or of BROWSER_ORIGINS sends the request.

    Browsers add the refresh cookie to requests of other pages of the same site too, and only tell
    here which page it is (OWASP, "Cross-Site Request Forgery Prevention": verifying the origin,
    Fetch Metadata).
    """
    settings: Settings = request.app.state.settings
    origins = request.headers.getlist("origin")
    if len(origins) == 1:
        if origins[0] in settings.browser_origins:
            return
        # Browsers before 2023 may not send Sec-Fetch-Site.
        is_same = request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
        if is_same and origins[0] in _own_origins(request, settings.public_url):
            return
    raise forbidden("The refresh cookie is only for pages of this server or of BROWSER_ORIGINS")


def guard_refresh_cookie(request: HTTPConnection) -> None:
    """The same for every request that has the cookie, before its body is read."""
    is_route = _WITH_COOKIE.fullmatch(request.scope["path"])
    if is_route and read_refresh_cookie(request) is not None:
        require_browser_origin(request)


def _own_origins(request: HTTPConnection, public_url: str | None) -> list[str]:
    """The one that the request was sent to, as trusted proxies tell, and that of PUBLIC_URL."""
    scheme, host = str(request.scope["scheme"]), request.headers.get("host", "")
    if request.scope["state"]["is_from_proxy"]:
        scheme = _first(request, "x-forwarded-proto") or scheme
        host = _first(request, "x-forwarded-host") or host
    urls = [f"{scheme}://{host}", *([public_url] if public_url else [])]
    return [_origin_of(url) for url in urls]


def _first(request: HTTPConnection, name: str) -> str:
    """A proxy behind another one may have added its own value."""
    return request.headers.get(name, "").partition(",")[0].strip()


def _origin_of(url: str) -> str:
    """As browsers write it (RFC 6454)."""
    scheme, _, rest = url.lower().partition("://")
    host = rest.partition("/")[0]
    return f"{scheme}://{host.removesuffix(_USUAL_PORTS.get(scheme, ''))}"
