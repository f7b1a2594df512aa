"""Conditions of lists, made once with a parameter in them."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import InstrumentedAttribute


def includes(column: InstrumentedAttribute[Any], name: str) -> ColumnElement[bool]:
    """A list of values has the one of that name in it."""
    return column.contains(array([bindparam(name, type_=column.type.item_type)]))


def contains_text(*columns: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """One of the columns contains `search`, whatever the case."""
    return or_(*(column.ilike(bindparam("search")) for column in columns))


def containing(term: str) -> str:
    """The LIKE pattern for values that contain the term. Wildcards in the term are escaped."""
    escaped = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
