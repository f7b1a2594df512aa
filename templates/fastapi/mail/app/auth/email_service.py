"""Confirmed addresses and forgotten passwords."""

from email.utils import format_datetime
from typing import Annotated
from uuid import UUID

import structlog
from fastapi import Depends, Request
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.auth.account_mails import (
    EmailChangedMail,
    NewSignInMail,
    PasswordResetMail,
    VerificationMail,
    add_mail,
)
from app.auth.email_schemas import AuthChangeEmail, AuthResetPassword
from app.auth.email_tokens import bad_token, find_token, take_token, void_tokens
from app.auth.models import AuthSessionModel
from app.auth.passwords import Passwords
from app.auth.registration import complete_registration
from app.auth.roles import Caller
from app.auth.service import require_strong
from app.auth.sessions import USER_AGENT_LENGTH, Sessions
from app.db.clock import now
from app.db.database import Database
from app.http.errors import not_found, validation_error
from app.mail.outbox import Outbox
from app.modules.users.repository import UsersRepository
from app.modules.users.schemas import UserRow

log = structlog.get_logger()

_LONGEST_DEVICE = 100


class EmailService:
    def __init__(
        self,
        db: Database,
        sessions: Sessions,
        passwords: Passwords,
        outbox: Outbox,
    ) -> None:
        self._db = db
        self._sessions = sessions
        self._passwords = passwords
        self._outbox = outbox

    async def verify(self, token: str) -> None:
        """Makes the user of a registration, or gives a user the confirmed address."""
        async with self._db.begin() as connection:
            taken = await take_token(connection, token, "registration", "email")
            if taken.purpose == "registration":
                user_id = await complete_registration(connection, taken.registration_id)
                event = "registered"
            else:
                user = await _confirm_address(connection, taken.user_id, taken.address)
                user_id = user.id
                event = "email_verified" if user.email == taken.address else "email_changed"
                if event == "email_changed":
                    await add_mail(connection, user.email, EmailChangedMail())
        self._outbox.nudge()
        log.info("address verified", security=event, userId=str(user_id))

    async def forgot_password(self, email: str) -> None:
        """The same for every address: the mail is only sent if there is a user."""
        async with self._db.connect() as connection:
            await add_mail(connection, email, PasswordResetMail())
        self._outbox.nudge()
        log.info("password reset requested", security="password_reset_requested")

    async def reset_password(self, given: AuthResetPassword) -> None:
        """Ends all sessions of the user. The mail has arrived, so the address is theirs."""
        # A hash takes long, and no connection should be held meanwhile.
        async with self._db.connect() as connection:
            asked = await find_token(connection, given.token, "reset")
        await require_strong("password", given.password, asked.address)
        password_hash = await self._passwords.hash(given.password)
        async with self._db.begin() as connection:
            taken = await take_token(connection, given.token, "reset")
            user = await _find_enabled(connection, taken.user_id)
            if user is None or user.email != taken.address:
                raise bad_token()
            users = UsersRepository(connection)
            await users.reset_password(user.id, password_hash)
            await users.set_email(user.id, taken.address)
        self._outbox.nudge()
        self._sessions.forget(user.id)
        log.warning("password reset", security="password_reset", userId=str(user.id))

    async def change_email(self, caller: Caller, given: AuthChangeEmail) -> None:
        """Nothing changes until the link in the mail to the new address is used."""
        known = {"userId": str(caller.id)}
        async with self._db.connect() as connection:
            found = await UsersRepository(connection).find_credentials(user_id=caller.id)
        if (
            found is None
            or await self._passwords.verify(found.password_hash, given.current_password) == "wrong"
        ):
            log.warning("address not changed", security="email_change_failed", **known)
            message = "The current password is incorrect"
            raise validation_error([{"field": "currentPassword", "message": message}])
        await self._ask_to_confirm(caller.id, given.email)
        log.info("change of address requested", security="email_change_requested", **known)

    async def send_verification(self, caller: Caller) -> str:
        """Returns the address that the mail is for."""
        async with self._db.connect() as connection:
            user = await UsersRepository(connection).find(caller.id)
        if user is None:
            raise not_found("user")
        await self._ask_to_confirm(user.id, user.email)
        known = {"userId": str(user.id)}
        log.info("verification requested", security="verification_requested", **known)
        return user.email

    async def notice_sign_in(self, user: UserRow, user_agent: str | None) -> None:
        """Stores a mail to a user who has just logged in with a program that is new to them."""
        async with self._db.connect() as connection:
            if await _is_known(connection, user.id, user_agent):
                return
            device = "unknown" if user_agent is None else user_agent[:_LONGEST_DEVICE]
            time = format_datetime(now(), usegmt=True)
            await add_mail(connection, user.email, NewSignInMail(device=device, time=time))
        self._outbox.nudge()

    async def _ask_to_confirm(self, user_id: UUID, address: str) -> None:
        async with self._db.connect() as connection:
            await add_mail(connection, address, VerificationMail(user_id=user_id))
        self._outbox.nudge()


async def get_email_service(request: Request) -> EmailService:
    state = request.app.state
    return EmailService(state.db, state.sessions, state.passwords, state.outbox)


Emails = Annotated[EmailService, Depends(get_email_service)]


async def _find_enabled(connection: AsyncConnection, user_id: UUID | None) -> UserRow | None:
    user = user_id and await UsersRepository(connection).find(user_id)
    return user if user and user.disabled_at is None else None


async def _confirm_address(
    connection: AsyncConnection,
    user_id: UUID | None,
    address: str,
) -> UserRow:
    """Gives an enabled user a confirmed address. Returns the user as before."""
    users = UsersRepository(connection)
    user = await _find_enabled(connection, user_id)
    owner = await users.find_credentials(email=address)
    if user is None or (owner is not None and owner.user.id != user.id):
        raise bad_token()
    await users.set_email(user.id, address)
    if user.email != address:
        await void_tokens(connection, user.id)
    return user


async def _is_known(connection: AsyncConnection, user_id: UUID, user_agent: str | None) -> bool:
    """Whether a user has another session, active or not, of the same program as their newest one."""
    program = user_agent and user_agent[:USER_AGENT_LENGTH]
    sessions = (
        select(AuthSessionModel.id)
        .where(
            AuthSessionModel.user_id == user_id,
            AuthSessionModel.user_agent.is_not_distinct_from(program),
        )
        .limit(2)
    )
    return len((await connection.execute(sessions)).all()) > 1
