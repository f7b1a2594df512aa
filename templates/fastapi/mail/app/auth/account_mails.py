"""The mails about accounts: what is sent is decided when it is sent, not when it is asked for.

So every request does the same, whether there is a user with this address or not.
"""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.auth.email_models import RegistrationModel
from app.auth.email_tokens import issue_token
from app.auth.roles import Role
from app.http.fields import Uuid
from app.http.model import Model
from app.mail.outbox import Compose, WaitingMail, store_mail
from app.mail.texts import Letter, MailName
from app.modules.users.repository import UsersRepository
from app.modules.users.schemas import UserRow


class RegistrationMail(Model):
    kind: Literal["registration"] = "registration"
    registration_id: Uuid


class VerificationMail(Model):
    kind: Literal["verification"] = "verification"
    user_id: Uuid


class PasswordResetMail(Model):
    kind: Literal["password-reset"] = "password-reset"


class InvitationMail(Model):
    kind: Literal["invitation"] = "invitation"
    role: Role


class EmailChangedMail(Model):
    kind: Literal["email-changed"] = "email-changed"


class PasswordChangedMail(Model):
    kind: Literal["password-changed"] = "password-changed"


class NewSignInMail(Model):
    kind: Literal["new-sign-in"] = "new-sign-in"
    device: str
    time: str


AccountMail = (
    RegistrationMail
    | VerificationMail
    | PasswordResetMail
    | InvitationMail
    | EmailChangedMail
    | PasswordChangedMail
    | NewSignInMail
)

_STORED: TypeAdapter[AccountMail] = TypeAdapter(Annotated[AccountMail, Field(discriminator="kind")])


async def add_mail(connection: AsyncConnection, address: str, mail: AccountMail) -> None:
    """Stores a mail, in the transaction of the change. Call `nudge` of the outbox afterwards."""
    data = mail.model_dump(mode="json", exclude={"kind"})
    await store_mail(connection, address, mail.kind, data)


def compose_account_mails(app_url: str) -> Compose:
    """`app_url` is the URL of the pages that links lead to.

    Links have their token in the fragment, which no server logs.
    """

    def linked(name: MailName, token: str) -> Letter:
        return Letter(name, {"link": f"{app_url}/{name}#token={token}"})

    async def compose(connection: AsyncConnection, waiting: WaitingMail) -> Letter | None:
        mail = _STORED.validate_python({**waiting.data, "kind": waiting.kind})
        address = waiting.address
        owner = await _owner_of(connection, address)
        match mail:
            case RegistrationMail() if owner is not None:
                return Letter("already-registered", {"link": app_url})
            case RegistrationMail():
                return await registration(connection, mail, address)
            case VerificationMail():
                return await verification(connection, mail, address, owner)
            case PasswordResetMail() if owner is not None and owner.disabled_at is None:
                token = await issue_token(connection, "reset", address, user_id=owner.id)
                return linked("reset-password", token)
            case InvitationMail() if owner is None:
                token = await issue_token(connection, "invitation", address, role=mail.role)
                return linked("accept-invitation", token)
            case EmailChangedMail() | PasswordChangedMail():
                return Letter(mail.kind, {})
            case NewSignInMail():
                return Letter("new-sign-in", {"device": mail.device, "time": mail.time})
        return None

    async def registration(
        connection: AsyncConnection,
        mail: RegistrationMail,
        address: str,
    ) -> Letter | None:
        id = mail.registration_id
        waiting = select(RegistrationModel.id).where(RegistrationModel.id == id)
        if await connection.scalar(waiting) is None:
            return None
        token = await issue_token(connection, "registration", address, registration_id=id)
        return linked("verify-email", token)

    async def verification(
        connection: AsyncConnection,
        mail: VerificationMail,
        address: str,
        owner: UserRow | None,
    ) -> Letter | None:
        user = await UsersRepository(connection).find(mail.user_id)
        is_done = owner is not None and (owner.id != mail.user_id or owner.email_verified)
        if user is None or user.disabled_at is not None or is_done:
            return None
        token = await issue_token(connection, "email", address, user_id=user.id)
        return linked("verify-email", token)

    return compose


async def _owner_of(connection: AsyncConnection, address: str) -> UserRow | None:
    found = await UsersRepository(connection).find_credentials(email=address)
    return found.user if found else None
