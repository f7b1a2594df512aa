"""Whose rows a caller may read and change: conditions for queries, not checks after them."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, bindparam, or_
from sqlalchemy.orm import InstrumentedAttribute

from app.auth.roles import Caller, Role


def has_role(caller: Caller, *roles: Role) -> bool:
    """Whether the caller has one of the roles."""
    return caller.role in roles


def may_read_user(user_id: UUID, caller: Caller, *beyond: Role) -> bool:
    """Whether the caller may read a user: themselves, and with one of the roles anybody."""
    return user_id == caller.id or caller.role in beyond


def own_rows_unless(caller: Caller, *beyond: Role) -> UUID | None:
    """The owner to filter rows by: the caller. None, all rows, for the roles in `beyond`."""
    return None if caller.role in beyond else caller.id


def owned_by(column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """The condition that a row belongs to the parameter `_owner_id`. None, all rows, is true."""
    owner_id = bindparam("_owner_id", type_=Uuid())
    return or_(owner_id.is_(None), column == owner_id)
