"""Registration and invitation, each confirmed by a mail."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

import structlog
from fastapi import Depends, Request
from pydantic import ValidationError
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from app.auth.account_mails import InvitationMail, RegistrationMail, add_mail
from app.auth.email_models import RegistrationModel
from app.auth.email_schemas import AuthAcceptInvitation, AuthInvite
from app.auth.email_tokens import bad_token, find_token, take_token
from app.auth.passwords import Passwords
from app.auth.roles import DEFAULT_ROLE, ROLES, Caller
from app.auth.schemas import AuthLoggedIn, AuthRegister
from app.auth.service import logged_in, require_strong
from app.auth.sessions import Sessions
from app.db.clock import now
from app.db.database import Database
from app.mail.outbox import Outbox
from app.modules.users.repository import UsersRepository
from app.modules.users.schemas import NewProfile

log = structlog.get_logger()

# The mail may be on its way for a day, and its link is valid for another.
_LIFE = timedelta(days=2)


class RegistrationService:
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

    async def register(self, given: AuthRegister) -> None:
        """The same for every address. There is no user until the link in the mail is used."""
        await require_strong("password", given.password, given.email)
        password_hash = await self._passwords.hash(given.password)
        id = uuid7()
        time = now()
        values = {
            "id": id,
            "email": given.email,
            "password_hash": password_hash,
            "profile": given.model_dump(mode="json", exclude={"email", "password"}),
            "created_at": time,
            "expires_at": time + _LIFE,
        }
        async with self._db.begin() as connection:
            await connection.execute(insert(RegistrationModel).values(values))
            await add_mail(connection, given.email, RegistrationMail(registration_id=id))
        self._outbox.nudge()
        known = {"registrationId": str(id)}
        log.info("registration requested", security="registration_requested", **known)

    async def invite(self, given: AuthInvite, caller: Caller) -> None:
        async with self._db.connect() as connection:
            await add_mail(connection, given.email, InvitationMail(role=given.role))
        self._outbox.nudge()
        log.info("invited", security="invited", by=str(caller.id), role=given.role)

    async def accept_invitation(
        self,
        given: AuthAcceptInvitation,
        user_agent: str | None,
    ) -> AuthLoggedIn:
        # A hash takes long, and no connection should be held meanwhile.
        async with self._db.connect() as connection:
            invited = await find_token(connection, given.token, "invitation")
        await require_strong("password", given.password, invited.address)
        password_hash = await self._passwords.hash(given.password)
        profile = given.model_dump(by_alias=False, exclude={"token", "password"})
        async with self._db.begin() as connection:
            taken = await take_token(connection, given.token, "invitation")
            users = UsersRepository(connection)
            owner = await users.find_credentials(email=taken.address)
            if taken.role not in ROLES or owner is not None:
                raise bad_token()
            values = {"email": taken.address, "role": taken.role, "email_verified_at": now()}
            user = await users.insert({**profile, **values}, password_hash)
            tokens = await self._sessions.begin(connection, user.id, user.role, user_agent)
        known = {"userId": str(user.id), "role": user.role}
        log.info("invitation accepted", security="invitation_accepted", **known)
        return logged_in(user, tokens)


async def get_registration_service(request: Request) -> RegistrationService:
    state = request.app.state
    return RegistrationService(state.db, state.sessions, state.passwords, state.outbox)


Registration = Annotated[RegistrationService, Depends(get_registration_service)]


async def complete_registration(connection: AsyncConnection, id: UUID | None) -> UUID:
    """Makes the user of a registration whose address is confirmed. Returns their id."""
    asked = select(
        RegistrationModel.email,
        RegistrationModel.password_hash,
        RegistrationModel.profile,
    ).where(RegistrationModel.id == id)
    found = (await connection.execute(asked)).one_or_none()
    users = UsersRepository(connection)
    if found is None or await users.find_credentials(email=found.email):
        raise bad_token()
    try:
        profile = NewProfile.model_validate(found.profile)
    except ValidationError:
        # The fields of users may have changed in the meantime.
        raise bad_token() from None
    values = {"email": found.email, "role": DEFAULT_ROLE, "email_verified_at": now()}
    row = {**profile.model_dump(by_alias=False), **values}
    user = await users.insert(row, found.password_hash)
    done = delete(RegistrationModel).where(RegistrationModel.email == found.email)
    await connection.execute(done)
    return user.id
