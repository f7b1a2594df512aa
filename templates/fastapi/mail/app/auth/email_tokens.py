"""Tokens in the links of mails: random, for one use, and stored as hashes only."""

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.auth.email_models import EmailTokenModel, Purpose, RegistrationModel
from app.auth.refresh_tokens import hash_of
from app.auth.roles import Role
from app.db.clock import now
from app.db.expired import remove_expired
from app.http.errors import ApiError, validation_error
from app.mail.models import MailModel

# How long a token is valid after its mail was sent, by what it is for.
_LIVES: dict[Purpose, timedelta] = {
    "registration": timedelta(hours=24),
    "email": timedelta(hours=24),
    "reset": timedelta(hours=1),
    "invitation": timedelta(days=7),
}


class EmailToken(NamedTuple):
    """What a token is for, and of whom."""

    token_hash: str
    purpose: Purpose
    address: str
    user_id: UUID | None
    registration_id: UUID | None
    role: Role | None
    expires_at: datetime


_TOKENS = select(
    EmailTokenModel.token_hash,
    EmailTokenModel.purpose,
    EmailTokenModel.address,
    EmailTokenModel.user_id,
    EmailTokenModel.registration_id,
    EmailTokenModel.role,
    EmailTokenModel.expires_at,
)


def bad_token() -> ApiError:
    """Every reason gets the same response. The token itself is not repeated."""
    message = "The token is invalid or has expired"
    return validation_error([{"field": "token", "message": message}])


async def issue_token(
    connection: AsyncConnection,
    purpose: Purpose,
    address: str,
    **holder: UUID | Role,
) -> str:
    """Makes a token for a mail to this address. Only its hash is stored."""
    token = secrets.token_urlsafe(32)
    time = now()
    await remove_expired(connection, EmailTokenModel.expires_at)
    await remove_expired(connection, RegistrationModel.expires_at)
    await connection.execute(
        insert(EmailTokenModel).values(
            token_hash=hash_of(token),
            purpose=purpose,
            address=address,
            created_at=time,
            expires_at=time + _LIVES[purpose],
            **holder,
        ),
    )
    return token


async def find_token(connection: AsyncConnection, token: str, *purposes: Purpose) -> EmailToken:
    """A valid token, which stays so. Raises `bad_token` if there is none."""
    asked = _TOKENS.where(
        EmailTokenModel.token_hash == hash_of(token),
        EmailTokenModel.purpose.in_(purposes),
        EmailTokenModel.expires_at > now(),
    )
    found = (await connection.execute(asked)).one_or_none()
    if found is None:
        raise bad_token()
    return EmailToken(*found)


async def take_token(connection: AsyncConnection, token: str, *purposes: Purpose) -> EmailToken:
    """Uses up a valid token, together with all others for the same purpose and address.

    Needs a transaction. Raises `bad_token` if there is none. It stays valid if the transaction
    fails.
    """
    found = await find_token(connection, token, *purposes)
    # Locked in order, so that two tokens of one address that are used at once do not wait for each
    # other.
    same = _TOKENS.where(
        EmailTokenModel.purpose == found.purpose,
        EmailTokenModel.address == found.address,
    )
    locked = same.order_by(EmailTokenModel.token_hash).with_for_update()
    hashes = [row.token_hash for row in await connection.execute(locked)]
    if found.token_hash not in hashes:
        raise bad_token()
    used = delete(EmailTokenModel).where(EmailTokenModel.token_hash.in_(hashes))
    await connection.execute(used)
    return found


async def void_tokens(connection: AsyncConnection, user_id: UUID) -> None:
    """Voids all tokens of a user, and mails on their way that would bring one.

    Whoever knew the old password may have asked for another address.
    """
    # The mails first: this waits for one that is being composed, and its token is there afterwards.
    is_theirs = MailModel.data["userId"].astext == str(user_id)
    await connection.execute(delete(MailModel).where(is_theirs))
    await connection.execute(delete(EmailTokenModel).where(EmailTokenModel.user_id == user_id))


async def void_invitations(connection: AsyncConnection, address: str, role: Role) -> None:
    """Voids invitations with another role than the newest, which may have been sent by mistake."""
    others = delete(EmailTokenModel).where(
        EmailTokenModel.purpose == "invitation",
        EmailTokenModel.address == address,
        EmailTokenModel.role != role,
    )
    await connection.execute(others)
