"""The headers that every answer has, and who may call from a browser."""

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.proxies import header_of

Headers = list[tuple[bytes, bytes]]

# For an API that serves no pages, frames or scripts.
SECURITY_HEADERS: Headers = [
    (b"content-security-policy", b"default-src 'none';frame-ancestors 'none'"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-site"),
    (b"origin-agent-cluster", b"?1"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=31536000; includeSubDomains"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-dns-prefetch-control", b"off"),
    (b"x-download-options", b"noopen"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"x-permitted-cross-domain-policies", b"none"),
    (b"x-xss-protection", b"0"),
]


def with_security(scope: Scope, headers: Headers) -> Headers:
    """Answers to authenticated requests are not cached; caches must ask for all others again."""
    names = {name for name, _ in headers}
    added = [each for each in SECURITY_HEADERS if each[0] not in names]
    if b"cache-control" not in names:
        is_personal = header_of(scope, b"authorization") is not None
        policy = b"private, no-store" if is_personal else b"no-cache"
        added.append((b"cache-control", policy))
    return [*added, *headers]


_METHODS = "GET,HEAD,POST,PUT,PATCH,DELETE"
_ASKED = "Authorization,Content-Type,If-Match,If-None-Match,Idempotency-Key"
_EXPOSED = (
    "ETag,Location,RateLimit-Limit,RateLimit-Remaining,RateLimit-Reset,Retry-After,X-Request-Id"
)


class AllowOrigins:
    """Lets pages of these origins call. CORS is about clients that send an `Origin` only."""

    def __init__(self, app: ASGIApp, origins: list[str]) -> None:
        self.app = app
        self.origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        origin = header_of(scope, b"origin")
        is_options = scope["method"] == "OPTIONS"
        if is_options and header_of(scope, b"access-control-request-method") is not None:
            headers = self._headers(origin)
            headers["Access-Control-Allow-Methods"] = _METHODS
            headers["Access-Control-Allow-Headers"] = _ASKED
            headers["Access-Control-Max-Age"] = "600"
            answer = Response(status_code=204, headers=headers)
            answer.headers["Content-Length"] = "0"
            return await answer(scope, receive, send)
        # Without `Origin` they are not needed, but caches must keep these answers apart.
        added = {"Vary": "Origin"} if is_options or origin is None else self._headers(origin)

        async def send_allowed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                vary = headers.get("vary")
                headers.update(added)
                if vary is not None:
                    headers["Vary"] = f"Origin, {vary}"
                message["headers"] = headers.raw
            await send(message)

        await self.app(scope, receive, send_allowed)

    def _headers(self, origin: str | None) -> dict[str, str]:
        allowed = {"Access-Control-Allow-Origin": origin} if origin in self.origins else {}
        return {
            **{name: value for name, value in allowed.items() if value is not None},
            "Vary": "Origin",
            "Access-Control-Allow-Credentials": "true",
            "Access-Control-Expose-Headers": _EXPOSED,
        }
