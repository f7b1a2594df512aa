"""Queries for who users are at providers."""

from typing import Literal, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from app.db.clock import now
from app.db.pagination import CursorPages
from app.db.rows import columns_of, first_row, only_row
from app.modules.users.models import UserModel
from app.oidc.models import IdentityModel
from app.oidc.provider import Person
from app.oidc.schemas import IdentityRow

_COLUMNS = columns_of(IdentityModel, IdentityRow)

PAGES = CursorPages(
    select(*_COLUMNS),
    IdentityRow,
    sorts={"createdAt": IdentityModel.id},
    filters={"_user_id": IdentityModel.user_id == bindparam("_user_id")},
)


class Identity(NamedTuple):
    id: UUID
    user_id: UUID


async def find_identity(connection: AsyncConnection, person: Person) -> Identity | None:
    """The subject is unique for its issuer (OpenID Connect Core, section 2)."""
    asked = select(IdentityModel.id, IdentityModel.user_id).where(
        IdentityModel.issuer == person.issuer,
        IdentityModel.subject == person.subject,
    )
    found = (await connection.execute(asked)).one_or_none()
    return found and Identity(*found)


async def read_identity(connection: AsyncConnection, identity_id: UUID) -> IdentityRow | None:
    asked = select(*_COLUMNS).where(IdentityModel.id == identity_id)
    return await first_row(connection, asked, IdentityRow, {})


async def add_identity(
    connection: AsyncConnection,
    user_id: UUID,
    provider: str,
    person: Person,
    *,
    is_used: bool,
) -> IdentityRow:
    time = now()
    row = {
        "id": uuid7(),
        "user_id": user_id,
        "provider": provider,
        "issuer": person.issuer,
        "subject": person.subject,
        "email": person.email,
        "created_at": time,
        "last_used_at": time if is_used else None,
    }
    added = insert(IdentityModel).returning(*_COLUMNS)
    return await only_row(connection, added, IdentityRow, row)


async def use_identity(connection: AsyncConnection, identity_id: UUID, email: str | None) -> None:
    used = update(IdentityModel).where(IdentityModel.id == identity_id)
    await connection.execute(used.values(email=email, last_used_at=now()))


async def remove_identity(
    connection: AsyncConnection,
    user_id: UUID,
    identity_id: UUID,
) -> str | Literal[False] | None:
    """The provider of the identity; None if there is none, False if it is the last way to sign in.

    Needs a transaction.
    """
    # The lock makes the second of two requests see what the first has removed.
    locked = select(UserModel.password_hash).where(UserModel.id == user_id).with_for_update()
    password_hash = await connection.scalar(locked)
    asked = select(IdentityModel.id, IdentityModel.provider)
    all_of_user = await connection.execute(asked.where(IdentityModel.user_id == user_id))
    providers = {row.id: row.provider for row in all_of_user}
    if identity_id not in providers:
        return None
    if password_hash is None and len(providers) == 1:
        return False
    await connection.execute(delete(IdentityModel).where(IdentityModel.id == identity_id))
    provider: str = providers[identity_id]
    return provider
