"""Compresses answers for clients that accept it, where COMPRESS=true."""

import re
import zlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.proxies import header_of

_SMALLEST = 1024
_GZIP = 16 + zlib.MAX_WBITS
_ACCEPTED = re.compile(r"(?:^|,)\s*(?:gzip|\*)\s*(?:$|,|;\s*q=(?!0(?:\.0*)?\s*(?:,|$)))", re.I)
_COMPRESSIBLE = re.compile(r"(text/|application/(json|javascript))", re.I)
# The tag of a row; a tag of another kind stands for the exact bytes of what it is on.
_ROW_TAG = re.compile(r'"([\w-]{43})"', re.A)


class Compress:
    """A compressed answer has a strong ETag of its own, which ends with the content coding.

    Answers that may hold a token (`no-transform`) stay as they are.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        accepted = header_of(scope, b"accept-encoding") or ""
        is_accepted = _ACCEPTED.search(accepted) is not None and scope["method"] != "HEAD"
        start: Message = {}
        coder: zlib._Compress | None = None

        async def send_compressed(message: Message) -> None:
            nonlocal start, coder
            if message["type"] == "http.response.start":
                start = message
                return
            body, is_last = message.get("body", b""), not message.get("more_body", False)
            if start:
                is_small = is_last and len(body) < _SMALLEST
                if is_accepted and not is_small and _may_compress(start):
                    coder = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
                await send(_head(start, is_coded=coder is not None))
                start = {}
            if coder is None:
                return await send(message)
            coded = coder.compress(body) + (coder.flush() if is_last else b"")
            await send({"type": message["type"], "body": coded, "more_body": not is_last})

        await self.app(scope, receive, send_compressed)


def _may_compress(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    tag = headers.get("etag", "")
    return (
        start["status"] not in (204, 206, 304)
        and "content-encoding" not in headers
        and "no-transform" not in headers.get("cache-control", "")
        and _COMPRESSIBLE.match(headers.get("content-type", "")) is not None
        and (not tag.startswith('"') or _ROW_TAG.fullmatch(tag) is not None)
    )


def _head(start: Message, *, is_coded: bool) -> Message:
    headers = MutableHeaders(raw=list(start["headers"]))
    if _COMPRESSIBLE.match(headers.get("content-type", "")):
        headers.add_vary_header("Accept-Encoding")
    if is_coded:
        headers["Content-Encoding"] = "gzip"
        del headers["Content-Length"]
        tag = _ROW_TAG.fullmatch(headers.get("etag", ""))
        if tag:
            headers["ETag"] = f'"{tag[1]}-gzip"'
    return {**start, "headers": headers.raw}
