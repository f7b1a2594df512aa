from typing import Annotated, Literal

from pydantic import ConfigDict

from app.auth.passwords import GivenPassword, NewPassword
from app.auth.roles import DEFAULT_ROLE, Role
from app.http.fields import DateTime, Input, Model, Uuid, email, unset
from app.http.query import CursorQuery

UserEmail = Annotated[str, *email(max=254)]


class NewProfile(Input):
    """The fields that a new user comes with, beside the email address and the password."""


class CreateUser(NewProfile):
    email: UserEmail
    password: NewPassword
    role: Role = DEFAULT_ROLE


class ReplaceUser(NewProfile):
    """`role` and `disabled` stay as they are when they are left out."""

    role: Role = unset()
    disabled: bool = unset()


class PatchProfile(Input):
    """The fields that users can change of themselves."""


class PatchUser(PatchProfile):
    """Only administrators can change `role` and `disabled`."""

    role: Role = unset()
    disabled: bool = unset()


class DeleteUser(Input):
    """Users name their password to delete themselves."""

    password: GivenPassword


class UserRow(Model):
    """A row as the API returns it."""

    model_config = ConfigDict(title="User")

    id: Uuid
    email: str
    role: Role
    disabled_at: DateTime | None
    created_at: DateTime
    updated_at: DateTime


SortBy = Literal["createdAt"]


class ListUsers(CursorQuery):
    email: UserEmail | None = None
    role: Role | None = None
    sort_by: SortBy = "createdAt"
