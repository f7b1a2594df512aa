from typing import Annotated

from pydantic import Field

from app.auth.passwords import GivenPassword, NewPassword
from app.auth.roles import DEFAULT_ROLE
from app.http.model import Input, Model
from app.modules.users.schemas import NewProfile, UserEmail, UserRole

MailedToken = Annotated[
    str,
    Field(
        min_length=1,
        max_length=100,
        description="From the link in the mail.",
        json_schema_extra={"writeOnly": True},
    ),
]


class AuthVerifyEmail(Input):
    token: MailedToken


class AuthForgotPassword(Input):
    email: UserEmail


class AuthResetPassword(Input):
    token: MailedToken
    password: NewPassword


class AuthChangeEmail(Input):
    email: UserEmail
    current_password: GivenPassword


class AuthInvite(Input):
    email: UserEmail
    role: UserRole = DEFAULT_ROLE


class AuthAcceptInvitation(NewProfile):
    token: MailedToken
    password: NewPassword


class AuthSentMail(Model):
    """Where a mail is sent if there is a reason to.

    The answer does not tell whether there is.
    """

    email: UserEmail
