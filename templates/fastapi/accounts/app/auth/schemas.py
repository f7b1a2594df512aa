from typing import Annotated

from pydantic import ConfigDict, Field

from app.auth.passwords import GivenPassword, NewPassword
from app.http.fields import Uuid
from app.http.model import Input, Model
from app.http.times import Timestamp
from app.modules.users.schemas import NewProfile, UserEmail, UserRow


class AuthRegister(NewProfile):
    email: UserEmail
    password: NewPassword


class AuthLogIn(Input):
    email: UserEmail
    password: GivenPassword


class AuthRefresh(Input):
    refresh_token: Annotated[
        str,
        Field(min_length=1, max_length=1000, json_schema_extra={"writeOnly": True}),
    ]


class AuthChangePassword(Input):
    current_password: GivenPassword
    new_password: NewPassword


class AuthTokens(Model):
    """A client must store the refresh token as safely as a password."""

    access_token: Annotated[str, Field(description="Sent as `Authorization: Bearer …`.")]
    refresh_token: Annotated[
        str,
        Field(description="Valid for one use: each refresh returns a new one."),
    ]
    expires_in: Annotated[int, Field(description="Lifetime of the access token in seconds.")]


class _OfUser(Model):
    user: UserRow


class AuthLoggedIn(AuthTokens, _OfUser):
    pass


class StoredSession(Model):
    id: Uuid
    user_agent: str | None
    created_at: Timestamp
    last_used_at: Timestamp
    expires_at: Timestamp


class SessionRow(StoredSession):
    model_config = ConfigDict(title="AuthSession")

    is_current: bool
