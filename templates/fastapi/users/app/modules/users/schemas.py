from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from app.auth.passwords import GivenPassword, NewPassword
from app.auth.roles import DEFAULT_ROLE, Role
from app.http.fields import Boolean, OneOf, Uuid, email
from app.http.model import Input, Model
from app.http.query import CursorQuery
from app.http.times import Timestamp

UserEmail = Annotated[str, email(max=254)]
UserRole = Annotated[Role, OneOf()]


def unset() -> Any:
    """The default of what may be left out: then it is not in `model_fields_set`."""
    return Field(default_factory=lambda: None)


class NewProfile(Input):
    """The fields that a new user comes with, beside the email address and the password."""


class CreateUser(NewProfile):
    email: UserEmail
    password: NewPassword
    role: UserRole = DEFAULT_ROLE


class ReplaceUser(NewProfile):
    """`role` and `disabled` stay as they are when they are left out."""

    role: UserRole = unset()
    disabled: Boolean = unset()


class PatchProfile(Input):
    """The fields that users can change of themselves."""


class PatchUser(PatchProfile):
    """Only administrators can change `role` and `disabled`."""

    role: UserRole = unset()
    disabled: Boolean = unset()


class DeleteUser(Input):
    """Users name their password to delete themselves."""

    password: GivenPassword


class UserRow(Model):
    """A row as the API returns it."""

    model_config = ConfigDict(title="User")

    id: Uuid
    email: UserEmail
    role: UserRole
    disabled_at: Timestamp | None
    created_at: Timestamp
    updated_at: Timestamp


class ListUsers(CursorQuery):
    email: UserEmail | None = None
    role: UserRole | None = None
    sort_by: Annotated[Literal["createdAt"], OneOf()] = "createdAt"
