"""Takes what other services send: signed, of now, and not taken before by any process."""

import asyncio
import base64
import hashlib
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from fastapi import Request, Response
from pydantic import BaseModel, SecretStr, ValidationError
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import ClientDisconnect

from app.db.clock import now
from app.db.database import Database
from app.db.expired import remove_expired
from app.http.errors import (
    ApiError,
    bad_request,
    conflict,
    payload_too_large,
    request_timeout,
    unsupported_media_type,
    validation_error,
)
from app.http.json_body import parse_json
from app.http.problems import details_of
from app.webhooks.models import WebhookDeliveryModel
from app.webhooks.signature import SIGNATURE_HEADER, TOLERANCE, verify

log = structlog.get_logger()

M = TypeVar("M", bound=BaseModel)

_MOST_BYTES = 256 * 1024
# How long a body may take to arrive, in seconds.
_PATIENCE = 300

# The later ones of several deliveries at once wait for the first, and then find its row.
_REMEMBER = insert(WebhookDeliveryModel).on_conflict_do_nothing().returning(WebhookDeliveryModel.id)


async def receive(
    request: Request,
    db: Database,
    upstream: str,
    secret: SecretStr | None,
    event: type[M],
    handle: Callable[[M, AsyncConnection], Awaitable[None]],
) -> Response:
    """Handles an event in the transaction that remembers its delivery.

    Raises 400, 401, 408, 409, 413, 415 and 422.
    """
    body = await _read(request)
    # Lines of one header are a list (RFC 9110, section 5.3).
    signature = ",".join(request.headers.getlist(SIGNATURE_HEADER))
    time = verify(secret, signature, body)
    if time is None:
        log.warning("a webhook is refused", security="webhook_refused", upstream=upstream)
        message = f"The {SIGNATURE_HEADER} is missing, wrong or too old"
        raise ApiError(401, "UNAUTHENTICATED", message)
    found = _event_of(body, event)
    # A time to come stays valid for twice the tolerance.
    row = {"id": _id_of(upstream, time, body), "expires_at": now() + 3 * TOLERANCE}
    async with db.begin() as connection:
        await remove_expired(connection, WebhookDeliveryModel.expires_at)
        if (await connection.execute(_REMEMBER, row)).first() is None:
            raise conflict("This delivery has arrived before")
        await handle(found, connection)
    return Response(status_code=204)


def _event_of(body: bytes, event: type[M]) -> M:
    try:
        return event.model_validate(parse_json(body))
    except ValidationError as error:
        raise validation_error(details_of(error, event)) from None


def _id_of(upstream: str, time: str, body: bytes) -> str:
    digest = hashlib.sha256(f"{upstream}.{time}.".encode() + body).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


async def _read(request: Request) -> bytes:
    """The bytes that were sent, which are what is signed: nothing is unpacked."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise unsupported_media_type()
    body = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE):
            async for chunk in request.stream():
                body += chunk
                if len(body) > _MOST_BYTES:
                    raise payload_too_large()
    except TimeoutError:
        raise request_timeout() from None
    except ClientDisconnect:
        raise bad_request("The request is malformed") from None
    return bytes(body)
