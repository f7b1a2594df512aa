from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from app.auth.sessions import end_sessions
from app.db.clock import now
from app.db.pagination import CursorPages, Page
from app.db.rows import columns_of, first_row, to_row
from app.db.versions import is_seen, time_of_change
from app.http.errors import conflict
from app.modules.users.models import UserModel
from app.modules.users.schemas import ListUsers, UserRow

# All columns except the password hash, which only `find_credentials` reads.
_COLUMNS = columns_of(UserModel, UserRow)
_STORED = select(*_COLUMNS)
_FIND = _STORED.where(UserModel.id == bindparam("_id"))
_PAGES = CursorPages(
    _STORED,
    UserRow,
    sorts={
        "createdAt": UserModel.id,
    },
    filters={
        "email": UserModel.email == bindparam("email"),
        "role": UserModel.role == bindparam("role"),
    },
)
# Locks all administrators, so that two cannot remove each other at the same time.
_LOCK_ADMINS = (
    select(UserModel.id)
    .where(UserModel.role == "admin", UserModel.disabled_at.is_(None))
    .order_by(UserModel.id)
    .with_for_update()
)


@dataclass(frozen=True, slots=True)
class Credentials:
    user: UserRow
    password_hash: str


@dataclass(frozen=True, slots=True)
class HashChange:
    """The change is made only if the stored hash is still `before`."""

    user_id: UUID
    before: str
    after: str


class UsersRepository:
    """Queries for users."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(self, query: ListUsers) -> Page[UserRow]:
        return await _PAGES.read(self._connection, query, {})

    async def find(self, user_id: UUID) -> UserRow | None:
        return await first_row(self._connection, _FIND, UserRow, {"_id": user_id})

    async def find_credentials(
        self,
        *,
        email: str | None = None,
        user_id: UUID | None = None,
    ) -> Credentials | None:
        """The user with this address, or else with this id."""
        is_asked = UserModel.id == user_id if email is None else UserModel.email == email
        asked = select(UserModel.password_hash, *_COLUMNS).where(is_asked)
        found = (await self._connection.execute(asked)).one_or_none()
        if found is None:
            return None
        password_hash, *row = found
        return Credentials(to_row(UserRow, row), password_hash)

    async def insert(self, values: dict[str, Any], password_hash: str) -> UserRow:
        """`values` are those of a `CreateUser`, without the password."""
        at = now()
        added = (
            insert(UserModel)
            .values(
                **values,
                id=uuid7(),
                password_hash=password_hash,
                created_at=at,
                updated_at=at,
            )
            .returning(*_COLUMNS)
        )
        return to_row(UserRow, (await self._connection.execute(added)).one())

    async def update(
        self,
        user_id: UUID,
        values: dict[str, Any],
        versions: list[str] | None = None,
    ) -> UserRow | None:
        """Changes the given values of a `PatchUser`. Needs a transaction.

        Disabling a user ends all their sessions. `versions` are those that the caller accepts
        (`If-Match`).
        """
        changes = dict(values)
        disabled = changes.pop("disabled", None)
        if disabled is not None:
            changes["disabled_at"] = now() if disabled else None
        if disabled or changes.get("role", "admin") != "admin":
            await self._require_other_admin(user_id)
        if not await self._is_seen(user_id, versions):
            return None
        changed = (
            update(UserModel)
            .where(UserModel.id == user_id)
            .values(**changes, updated_at=time_of_change(UserModel))
            .returning(*_COLUMNS)
        )
        row = await first_row(self._connection, changed, UserRow, {})
        if row is not None and disabled:
            await end_sessions(self._connection, user_id)
        return row

    async def remove(self, user_id: UUID, versions: list[str] | None = None) -> bool:
        """Deletes a user with all their sessions. Needs a transaction.

        The foreign keys say what becomes of other rows.
        """
        await self._require_other_admin(user_id)
        if not await self._is_seen(user_id, versions):
            return False
        removed = delete(UserModel).where(UserModel.id == user_id)
        return (await self._connection.execute(removed)).rowcount > 0

    async def renew_password_hash(self, change: HashChange) -> bool:
        """Replaces the hash of an unchanged password. Returns False if the hash is not `before`."""
        replaced = (
            update(UserModel)
            .where(UserModel.id == change.user_id, UserModel.password_hash == change.before)
            .values(password_hash=change.after, updated_at=now())
        )
        return (await self._connection.execute(replaced)).rowcount > 0

    async def change_password(self, change: HashChange, kept: UUID) -> bool:
        """Changes the password and ends all sessions except `kept`. Needs a transaction.

        Returns False as above.
        """
        is_replaced = await self.renew_password_hash(change)
        if is_replaced:
            await end_sessions(self._connection, change.user_id, kept)
        return is_replaced

    async def _is_seen(self, user_id: UUID, versions: list[str] | None) -> bool:
        return await is_seen(self._connection, _FIND, UserRow, id=user_id, versions=versions)

    async def _require_other_admin(self, user_id: UUID) -> None:
        """Refuses to take away the last administrator."""
        admins = (await self._connection.execute(_LOCK_ADMINS)).scalars().all()
        if admins == [user_id]:
            message = "The last administrator cannot be deleted, disabled or given another role"
            raise conflict(message)
