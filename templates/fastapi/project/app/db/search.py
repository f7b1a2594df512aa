"""Conditions of lists, made once with a parameter in them."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, cast, or_
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeEngine

Column = InstrumentedAttribute[Any]


def equals(column: Column, name: str) -> ColumnElement[bool]:
    return column == bindparam(name)


def at_least(column: Column, name: str) -> ColumnElement[bool]:
    return column >= bindparam(name)


def at_most(column: Column, name: str) -> ColumnElement[bool]:
    return column <= bindparam(name)


def includes(column: Column, name: str) -> ColumnElement[bool]:
    """A list of values has the one of that name in it."""
    item: TypeEngine[Any] = column.type.item_type
    return column.contains(cast(array([bindparam(name, type_=item)]), column.type))


def contains_text(*columns: Column) -> ColumnElement[bool]:
    """One of the columns contains `search`, whatever the case."""
    return or_(*(column.ilike(bindparam("search")) for column in columns))


def containing(term: str) -> str:
    """The LIKE pattern for values that contain the term. Wildcards in the term are escaped."""
    escaped = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
