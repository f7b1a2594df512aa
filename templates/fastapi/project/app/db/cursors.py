"""Cursors: the place of a row in a sorted list, as an opaque text."""

import base64
import hashlib
import json
import operator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import ColumnElement, and_, bindparam, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from app.http.errors import ApiError, validation_error
from app.http.fields import Boolean, Uuid, storable
from app.http.model import Model
from app.http.numbers import Integer, Number, Numeric
from app.http.query import Order
from app.http.times import Date, DateTime, Daytime

Column = InstrumentedAttribute[Any]

# Where a page begins: at the first row, behind a value, behind a null, or at the first null or
# value where the others are behind it.
Position = Literal["start", "value", "null", "nulls", "values"]

_VALUES: dict[type, TypeAdapter[Any]] = {
    str: TypeAdapter(Annotated[str, storable()]),
    int: TypeAdapter(Annotated[int, Integer()]),
    float: TypeAdapter(Annotated[float, Number()]),
    Decimal: TypeAdapter(Annotated[Decimal, Numeric()]),
    bool: TypeAdapter(Boolean),
    date: TypeAdapter(Date),
    time: TypeAdapter(Annotated[time, Daytime()]),
    datetime: TypeAdapter(DateTime),
    UUID: TypeAdapter(Uuid),
}


def _is_nullable(column: Column) -> bool:
    return bool(column.property.columns[0].nullable)


def is_behind(column: Column, id: Column, order: Order, position: Position) -> ColumnElement[bool]:
    """Behind `_value` and `_id`. An index scan cannot go on from values to nulls or back."""
    compare = operator.gt if order == "asc" else operator.lt
    beyond: ColumnElement[bool] = compare(id, bindparam("_id", type_=id.type))
    if column is id:
        return beyond
    match position:
        case "nulls":
            return column.is_(None)
        case "values":
            return column.is_not(None)
        case "null":
            return and_(column.is_(None), beyond)
    place = tuple_(bindparam("_value", type_=column.type), bindparam("_id", type_=id.type))
    behind: ColumnElement[bool] = compare(tuple_(column, id), place)
    return behind


def decode_cursor(
    cursor: str | None, listed: dict[str, Any], column: Column, order: Order
) -> tuple[list[Position], dict[str, Any]]:
    """The parts of the list that are behind a cursor, and the parameters of their statements."""
    if cursor is None:
        return ["start"], {}
    try:
        value, id = _read(cursor, listed, column)
    except (ValueError, KeyError, TypeError, ValidationError, RecursionError):
        raise _invalid_cursor(cursor) from None
    if value is None:
        return (["null"] if order == "asc" else ["null", "values"]), {"_id": id}
    goes_on = order == "asc" and _is_nullable(column)
    return (["value", "nulls"] if goes_on else ["value"]), {"_id": id, "_value": value}


def encode_cursor(row: Model, listed: dict[str, Any], column: Column) -> str:
    value, id = (_in_json(row, key) for key in (column.key, "id"))
    return write_cursor({"value": value, "id": id, "seal": seal_of(listed, value, id)})


def write_cursor(position: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(_dump(position).encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> dict[str, Any]:
    padded = cursor + "=" * (-len(cursor) % 4)
    position: dict[str, Any] = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    return position


def seal_of(listed: dict[str, Any], value: Any, id: str) -> str:
    """Detects a cursor of another list. It is no signature: any client could compute it."""
    digest = hashlib.sha256(_dump([listed, value, id]).encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _read(cursor: str, listed: dict[str, Any], column: Column) -> tuple[Any, UUID]:
    position = read_cursor(cursor)
    value, id, seal = position["value"], position["id"], position["seal"]
    if len(position) != 3 or seal != seal_of(listed, value, id):
        raise ValueError(cursor)
    identifier: UUID = _VALUES[UUID].validate_python(id)
    if value is None and _is_nullable(column):
        return None, identifier
    return _VALUES[column.type.python_type].validate_python(value), identifier


def _in_json(row: Model, key: str) -> Any:
    return row.model_dump(mode="json", include={key}, by_alias=False)[key]


def _invalid_cursor(cursor: str) -> ApiError:
    message = "Invalid cursor: expected the nextCursor of a page with the same filters and order"
    return validation_error([{"field": "cursor", "message": message, "value": cursor}])


def _dump(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))
