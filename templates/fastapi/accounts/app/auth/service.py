from typing import Annotated

import structlog
from fastapi import Depends, Request

from app.auth.password_strength import weakness_of
from app.auth.passwords import Passwords
from app.auth.roles import DEFAULT_ROLE, Caller
from app.auth.schemas import AuthChangePassword, AuthLoggedIn, AuthLogIn, AuthRegister, AuthTokens
from app.auth.sessions import Sessions
from app.db.database import Database
from app.http.errors import unauthenticated, validation_error
from app.modules.users.repository import HashChange, UsersRepository
from app.modules.users.schemas import UserRow

log = structlog.get_logger()


class AuthService:
    """Registration, login, logout and password changes.

    Logs security events under `security`. `user_agent` is that of the client.
    """

    def __init__(self, db: Database, sessions: Sessions, passwords: Passwords) -> None:
        self._db = db
        self._sessions = sessions
        self._passwords = passwords

    async def register(self, given: AuthRegister, user_agent: str | None) -> AuthLoggedIn:
        await _require_strong("password", given.password, given.email)
        values = given.model_dump(by_alias=False, exclude={"password"})
        password_hash = await self._passwords.hash(given.password)
        async with self._db.begin() as connection:
            user = await UsersRepository(connection).insert(
                {**values, "role": DEFAULT_ROLE},
                password_hash,
            )
            tokens = await self._sessions.begin(connection, user.id, user.role, user_agent)
        await self._sessions.remove_expired()
        log.info("registered", security="registered", userId=str(user.id))
        return _logged_in(user, tokens)

    async def log_in(self, given: AuthLogIn, user_agent: str | None) -> AuthLoggedIn:
        """Every failure gets the same response, so that it does not reveal which users exist."""
        async with self._db.connect() as connection:
            found = await UsersRepository(connection).find_credentials(email=given.email)
        stored = found.password_hash if found else self._passwords.hash_of_nobody
        verdict = await self._passwords.verify(stored, given.password)
        if found is None or verdict == "wrong" or found.user.disabled_at is not None:
            known = {"userId": str(found.user.id)} if found else {}
            log.warning("login failed", security="login_failed", **known)
            raise unauthenticated("Wrong e-mail address or password")
        user = found.user
        current: str | None = stored
        if verdict == "outdated":
            current = await self._renew_hash(user, stored, given.password)
        tokens = current and await self._sessions.open_if_unchanged(user.id, current, user_agent)
        if not tokens:
            # The user has changed since they were read, so check the credentials again.
            return await self.log_in(given, user_agent)
        await self._sessions.remove_expired()
        log.info("login", security="login_ok", userId=str(user.id))
        return _logged_in(user, tokens)

    async def _renew_hash(self, user: UserRow, before: str, password: str) -> str | None:
        """The new hash; None if the password has been changed in the meantime."""
        after = await self._passwords.hash(password)
        async with self._db.connect() as connection:
            change = HashChange(user.id, before, after)
            is_renewed = await UsersRepository(connection).renew_password_hash(change)
        return after if is_renewed else None

    async def refresh(self, refresh_token: str) -> AuthTokens:
        refreshed = await self._sessions.refresh(refresh_token)
        known = {"userId": str(refreshed.user_id), "sessionId": str(refreshed.session_id)}
        if refreshed.tokens is not None:
            if refreshed.outcome == "repeated":
                log.info("same tokens again", security="token_repeated", **known)
            return refreshed.tokens
        if refreshed.outcome == "reused":
            message = "session ended: refresh token used again"
            log.warning(message, security="token_reuse", **known)
        else:
            log.warning("refresh failed", security="refresh_failed")
        raise unauthenticated("The refresh token is invalid or has expired")

    async def log_out(self, caller: Caller) -> None:
        await self._sessions.end(caller.id, caller.session_id)
        known = {"userId": str(caller.id), "sessionId": str(caller.session_id)}
        log.info("logout", security="logout", **known)

    async def log_out_everywhere(self, caller: Caller) -> None:
        await self._sessions.end_all(caller.id)
        log.info("logout of every session", security="logout_all", userId=str(caller.id))

    async def change_password(self, caller: Caller, given: AuthChangePassword) -> None:
        """Ends all other sessions of the user: others may know the old password."""
        known = {"userId": str(caller.id)}
        async with self._db.connect() as connection:
            found = await UsersRepository(connection).find_credentials(user_id=caller.id)
        if (
            found is None
            or await self._passwords.verify(found.password_hash, given.current_password) == "wrong"
        ):
            log.warning("password not changed", security="password_change_failed", **known)
            raise _wrong("The current password is incorrect")
        await _require_strong("newPassword", given.new_password, found.user.email)
        after = await self._passwords.hash(given.new_password)
        change = HashChange(caller.id, found.password_hash, after)
        async with self._db.begin() as connection:
            users = UsersRepository(connection)
            is_changed = await users.change_password(change, caller.session_id)
        if not is_changed:
            raise _wrong("The password has been changed by another request")
        self._sessions.forget(caller.id)
        log.info("password changed", security="password_changed", **known)


async def get_auth_service(request: Request) -> AuthService:
    state = request.app.state
    return AuthService(state.db, state.sessions, state.passwords)


Auth = Annotated[AuthService, Depends(get_auth_service)]


def _logged_in(user: UserRow, tokens: AuthTokens) -> AuthLoggedIn:
    return AuthLoggedIn.model_construct(user=user, **dict(tokens))


def _wrong(message: str) -> Exception:
    return validation_error([{"field": "currentPassword", "message": message}])


async def _require_strong(field: str, password: str, email: str) -> None:
    message = await weakness_of(password, email)
    if message is not None:
        raise validation_error([{"field": field, "message": message}])
