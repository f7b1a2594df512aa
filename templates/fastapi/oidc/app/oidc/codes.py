"""Codes: what a page exchanges for tokens, or for a linked identity, once. Stored as hashes."""

import hmac
from datetime import timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.auth.refresh_tokens import hash_of
from app.db.clock import now
from app.db.database import Database
from app.db.expired import remove_expired
from app.http.errors import ApiError, validation_error
from app.oidc.attempts import Begun, new_secret
from app.oidc.models import CodeModel
from app.oidc.provider import Person, challenge_of

# How long a page may take to exchange a code.
_CODE_LIFE: Final = timedelta(minutes=1)
# The same of people who have to fill in what is missing, since the code was made.
_LONGEST_CODE_LIFE: Final = timedelta(minutes=10)


class Proof(NamedTuple):
    """What a code stands for: who somebody is, and who asked to link that identity."""

    provider: str
    user_id: UUID | None
    person: Person


def bad_code() -> ApiError:
    """Every reason gets the same response. The code itself is not repeated."""
    message = "The code is invalid or has expired"
    return validation_error([{"field": "code", "message": message}])


async def issue_code(
    connection: AsyncConnection,
    begun: Begun,
    provider: str,
    person: Person,
) -> str:
    """Makes a code that only the page with this challenge can use."""
    code = new_secret()
    time = now()
    row = {
        "code_hash": hash_of(code),
        "challenge": begun.challenge,
        "provider": provider,
        "issuer": person.issuer,
        "subject": person.subject,
        "email": person.email,
        "user_id": begun.user_id,
        "created_at": time,
        "expires_at": time + _CODE_LIFE,
    }
    await remove_expired(connection, CodeModel.expires_at)
    await connection.execute(insert(CodeModel).values(row))
    return code


async def read_code(db: Database, code: str, verifier: str) -> Proof | None:
    """None if there is no such code. With another verifier it was stolen, and ends."""
    asked = select(
        CodeModel.challenge,
        CodeModel.provider,
        CodeModel.user_id,
        CodeModel.issuer,
        CodeModel.subject,
        CodeModel.email,
    ).where(CodeModel.code_hash == hash_of(code), CodeModel.expires_at > now())
    async with db.connect() as connection:
        found = (await connection.execute(asked)).one_or_none()
        if found is None:
            return None
        challenge, provider, user_id, issuer, subject, email = found
        if not hmac.compare_digest(challenge, challenge_of(verifier)):
            await connection.execute(_removed(code))
            return None
    return Proof(provider, user_id, Person(issuer, subject, email))


async def use_up_code(connection: AsyncConnection, code: str) -> None:
    """Raises 422 if another request was faster. The code stays if the transaction fails."""
    if (await connection.execute(_removed(code))).rowcount == 0:
        raise bad_code()


async def keep_code(db: Database, code: str) -> None:
    """Gives people time to fill in what is missing."""
    kept = (
        update(CodeModel)
        .where(CodeModel.code_hash == hash_of(code))
        .values(expires_at=CodeModel.created_at + _LONGEST_CODE_LIFE)
    )
    async with db.connect() as connection:
        await connection.execute(kept)


def _removed(code: str) -> Any:
    return delete(CodeModel).where(CodeModel.code_hash == hash_of(code))
