"""Attempts to sign in, each for one use. Only hashes of what names them are stored."""

import secrets
from datetime import timedelta
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from app.auth.refresh_tokens import hash_of
from app.db.clock import now
from app.db.expired import remove_expired
from app.oidc.models import AttemptModel

ATTEMPT_LIFE: Final = timedelta(minutes=10)
_TICKET_LIFE: Final = timedelta(minutes=1)


class Begun(NamedTuple):
    """What an attempt is for: to sign in, or to link an identity to a user."""

    challenge: str
    user_id: UUID | None


def new_secret() -> str:
    """32 random bytes, which nobody can guess."""
    return secrets.token_urlsafe(32)


async def store_attempt(
    connection: AsyncConnection,
    begun: Begun,
    provider: str,
    *,
    state: str,
    browser: str,
) -> None:
    """`browser` is the secret that only the browser has."""
    await _store(connection, begun, provider, state, hash_of(browser), ATTEMPT_LIFE)


async def issue_ticket(connection: AsyncConnection, begun: Begun, provider: str) -> str:
    """What lets a browser begin an attempt for a user who is signed in."""
    ticket = new_secret()
    await _store(connection, begun, provider, ticket, None, _TICKET_LIFE)
    return ticket


async def take_attempt(
    connection: AsyncConnection,
    provider: str,
    *,
    state: str,
    browser: str | None,
) -> Begun | None:
    """Only the browser that began it can take it, once. Without `browser` it is a ticket."""
    browser_hash = browser and hash_of(browser)
    taken = (
        delete(AttemptModel)
        .where(
            AttemptModel.state_hash == hash_of(state),
            AttemptModel.browser_hash.is_not_distinct_from(browser_hash),
            AttemptModel.provider == provider,
            AttemptModel.expires_at > now(),
        )
        .returning(AttemptModel.challenge, AttemptModel.user_id)
    )
    found = (await connection.execute(taken)).one_or_none()
    return found and Begun(*found)


async def _store(
    connection: AsyncConnection,
    begun: Begun,
    provider: str,
    state: str,
    browser_hash: str | None,
    life: timedelta,
) -> None:
    time = now()
    row = {
        "state_hash": hash_of(state),
        "browser_hash": browser_hash,
        "provider": provider,
        "challenge": begun.challenge,
        "user_id": begun.user_id,
        "created_at": time,
        "expires_at": time + life,
    }
    await remove_expired(connection, AttemptModel.expires_at)
    await connection.execute(insert(AttemptModel).values(row))
