"""Refresh tokens: random or derived, and stored as hashes only."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.auth.models import AuthRefreshTokenModel


class RefreshTokens:
    """The first refresh token of a session is random.

    Each later one is derived from the previous token and the server's secret, so that it can be
    sent again although only its hash is stored.
    """

    def __init__(self, keys: list[str]) -> None:
        self._keys = [_derived(key) for key in keys]

    async def first(self, connection: AsyncConnection, session_id: UUID, now: datetime) -> str:
        return await _store(connection, session_id, secrets.token_urlsafe(32), now)

    async def next(
        self,
        connection: AsyncConnection,
        session_id: UUID,
        token: str,
        now: datetime,
    ) -> str:
        return await _store(connection, session_id, _following(token, self._keys[0]), now)

    async def successor_of(self, connection: AsyncConnection, token: str) -> str | None:
        """The successor of a used token; None if the successor has been used as well."""
        # The secret may have been rotated in the meantime.
        possible = {hash_of(each): each for each in (_following(token, key) for key in self._keys)}
        stored = select(AuthRefreshTokenModel.token_hash).where(
            AuthRefreshTokenModel.token_hash.in_(possible),
            AuthRefreshTokenModel.used_at.is_(None),
        )
        found = (await connection.execute(stored)).scalar_one_or_none()
        return None if found is None else possible[found]


def hash_of(token: str) -> str:
    """A fast hash is sufficient, since a random token cannot be guessed."""
    return _encode(hashlib.sha256(token.encode()).digest())


async def _store(
    connection: AsyncConnection,
    session_id: UUID,
    token: str,
    now: datetime,
) -> str:
    values = {"token_hash": hash_of(token), "session_id": session_id, "created_at": now}
    await connection.execute(insert(AuthRefreshTokenModel).values(values))
    return token


def _derived(secret: str) -> bytes:
    """A separate key, since the secret itself signs access tokens: HKDF (RFC 5869)."""
    extracted = hmac.digest(bytes(32), secret.encode(), "sha256")
    return hmac.digest(extracted, b"refresh\x01", "sha256")


def _following(token: str, key: bytes) -> str:
    return _encode(hmac.digest(key, token.encode(), "sha256"))


def _encode(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
