"""Reads the bodies of the API: JSON in UTF-8 up to a size, whatever the route."""

import asyncio
import re
import zlib

from starlette.types import Receive, Scope

from app.http.errors import (
    bad_request,
    payload_too_large,
    request_timeout,
    unsupported_media_type,
)
from app.http.json_body import parse_json
from app.http.proxies import header_of

# The formats of zlib: gzip has another head than deflate.
_PACKED = {"gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
# How long a body may take to arrive, in seconds.
_PATIENCE = 300
_OTHER_CHARSET = re.compile(r';\s*charset=(?!"?utf-8"?\s*(;|$))', re.I)


async def read_json(scope: Scope, receive: Receive, limit: int) -> None:
    """Puts the body and what it says into the state of the request.

    Raises 400, 408, 413 and 415. Most requests have no body, and pass at once.
    """
    length = header_of(scope, b"content-length")
    if length is None and header_of(scope, b"transfer-encoding") is None:
        return
    content_type = header_of(scope, b"content-type") or ""
    is_json = content_type.partition(";")[0].strip().lower() == "application/json"
    coding = (header_of(scope, b"content-encoding") or "identity").lower()
    is_known = coding == "identity" or coding in _PACKED
    if length != "0" and not (is_json and is_known):
        raise unsupported_media_type()
    if _OTHER_CHARSET.search(content_type):
        raise unsupported_media_type()
    if not is_json:
        return
    if length is not None and length.isdigit() and int(length) > limit:
        raise payload_too_large()
    try:
        async with asyncio.timeout(_PATIENCE):
            body = await _read(receive, limit)
    except TimeoutError:
        raise request_timeout() from None
    if not body:
        return
    if coding in _PACKED:
        body = _unpacked(body, _PACKED[coding], limit)
    scope["state"]["body"] = body
    scope["state"]["json"] = parse_json(body)


def _unpacked(body: bytes, bits: int, limit: int) -> bytes:
    """Never more than the limit and a byte: a small body may hold gigabytes."""
    unpacker = zlib.decompressobj(bits)
    try:
        unpacked = unpacker.decompress(body, limit + 1)
    except zlib.error:
        raise bad_request("The request is malformed") from None
    if len(unpacked) > limit:
        raise payload_too_large()
    if not unpacker.eof:
        raise bad_request("The request is malformed")
    return unpacked


async def _read(receive: Receive, limit: int) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise bad_request("The request is malformed")
        body += message.get("body", b"")
        if len(body) > limit:
            raise payload_too_large()
        if not message.get("more_body", False):
            return bytes(body)
