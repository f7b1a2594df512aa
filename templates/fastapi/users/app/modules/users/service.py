from typing import Annotated, Any
from uuid import UUID

import structlog
from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncConnection

from app.auth.ownership import has_role, may_read_user
from app.auth.password_strength import weakness_of
from app.auth.passwords import Passwords
from app.auth.roles import DEFAULT_ROLE, Caller
from app.auth.sessions import Sessions
from app.db.database import Database
from app.db.pagination import Page
from app.http.errors import (
    ApiError,
    forbidden,
    not_found,
    precondition_failed,
    validation_error,
)
from app.modules.users.repository import UsersRepository
from app.modules.users.schemas import CreateUser, ListUsers, UserRow

log = structlog.get_logger()


class UsersService:
    """The rules for users, independent of HTTP."""

    def __init__(self, db: Database, sessions: Sessions, passwords: Passwords) -> None:
        self._db = db
        self._sessions = sessions
        self._passwords = passwords

    async def page(self, query: ListUsers) -> Page[UserRow]:
        async with self._db.connect() as connection:
            return await UsersRepository(connection).page(query)

    async def get(self, user_id: UUID, caller: Caller) -> UserRow:
        row = await self._find(user_id) if _may_read(user_id, caller) else None
        if row is None:
            raise not_found("user")
        return row

    async def create(
        self,
        given: CreateUser,
        caller: Caller,
        connection: AsyncConnection,
    ) -> UserRow:
        if given.role != DEFAULT_ROLE:
            _require_admin(caller)
        message = await weakness_of(given.password, given.email)
        if message is not None:
            raise validation_error([{"field": "password", "message": message}])
        values = given.model_dump(by_alias=False, exclude={"password"})
        password_hash = await self._passwords.hash(given.password)
        row = await UsersRepository(connection).insert(values, password_hash)
        log.info(
            "user created",
            security="user_created",
            userId=str(row.id),
            by=str(caller.id),
            role=row.role,
        )
        return row

    async def update(
        self,
        user_id: UUID,
        values: dict[str, Any],
        versions: list[str] | None,
        caller: Caller,
    ) -> UserRow:
        """Changes the given values of a `PatchUser`.

        Only administrators can change a role or disable a user, and not their own, which could
        leave the service without an administrator.
        """
        if user_id != caller.id and not has_role(caller, "admin"):
            raise await self._refusal(user_id, caller)
        administered = {name: values[name] for name in ("role", "disabled") if name in values}
        if administered:
            _require_admin(caller)
        is_role_kept = values.get("role", caller.role) == caller.role
        if user_id == caller.id and (values.get("disabled") or not is_role_kept):
            raise forbidden("You cannot disable yourself or change your own role")
        async with self._db.begin() as connection:
            row = await UsersRepository(connection).update(user_id, values, versions)
        if row is None:
            raise await self._unchanged(user_id)

        self._sessions.forget(user_id)
        if administered:
            log.warning(
                "user changed",
                security="user_changed",
                userId=str(user_id),
                by=str(caller.id),
                **administered,
            )
        return row

    async def remove(
        self,
        user_id: UUID,
        password: str | None,
        versions: list[str] | None,
        caller: Caller,
    ) -> None:
        if user_id != caller.id and not has_role(caller, "admin"):
            raise await self._refusal(user_id, caller)
        if user_id == caller.id:
            await self._require_password(user_id, password or "")
        async with self._db.begin() as connection:
            is_removed = await UsersRepository(connection).remove(user_id, versions)
        if not is_removed:
            raise await self._unchanged(user_id)
        self._sessions.forget(user_id)
        log.warning(
            "user deleted",
            security="user_deleted",
            userId=str(user_id),
            by=str(caller.id),
        )

    async def _find(self, user_id: UUID) -> UserRow | None:
        async with self._db.connect() as connection:
            return await UsersRepository(connection).find(user_id)

    async def _refusal(self, user_id: UUID, caller: Caller) -> ApiError:
        """A user that the caller cannot read is reported as not found."""
        is_known = _may_read(user_id, caller) and await self._find(user_id) is not None
        return forbidden() if is_known else not_found("user")

    async def _unchanged(self, user_id: UUID) -> ApiError:
        """Why nothing changed: there is no such user, or it has another version."""
        is_known = await self._find(user_id) is not None
        return precondition_failed() if is_known else not_found("user")

    async def _require_password(self, user_id: UUID, password: str) -> None:
        """Users name their password to delete themselves, since a token could be stolen."""
        async with self._db.connect() as connection:
            found = await UsersRepository(connection).find_credentials(user_id=user_id)
        if found is not None:
            verdict = await self._passwords.verify(found.password_hash, password)
            if verdict != "wrong":
                return
        log.warning("user not deleted", security="user_deletion_failed", userId=str(user_id))
        message = "The password is incorrect"
        raise validation_error([{"field": "password", "message": message}])


async def get_users_service(request: Request) -> UsersService:
    state = request.app.state
    return UsersService(state.db, state.sessions, state.passwords)


Users = Annotated[UsersService, Depends(get_users_service)]


def _may_read(user_id: UUID, caller: Caller) -> bool:
    return may_read_user(user_id, caller, "moderator", "admin")


def _require_admin(caller: Caller) -> None:
    if not has_role(caller, "admin"):
        raise forbidden("Only administrators can choose a role or disable a user")
