"""The scalars of the schema. They pass values on: the schemas of the services check them."""

import json
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NewType

import strawberry
from graphql import (
    BooleanValueNode,
    EnumValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    StringValueNode,
    ValueNode,
    VariableNode,
)
from strawberry.types.scalar import ScalarDefinition

from app.http.json_body import parse_json
from app.http.numbers import plain
from app.http.times import iso

DateTime = NewType("DateTime", datetime)
Date = NewType("Date", date)
Time = NewType("Time", time)
DecimalText = NewType("DecimalText", Decimal)
Json = NewType("Json", object)


def _same(value: Any) -> Any:
    return value


def _parse_literal(node: ValueNode, variables: dict[str, Any] | None = None) -> Any:
    return parse_json(_to_json(node, variables or {}).encode())


def _to_json(node: ValueNode, variables: dict[str, Any]) -> str:
    """A literal as JSON text, so that `parse_json` remembers numbers that would be rounded."""
    match node:
        case ListValueNode(values=values):
            return f"[{','.join(_to_json(each, variables) for each in values)}]"
        case ObjectValueNode(fields=fields):
            members = (
                f"{json.dumps(each.name.value)}:{_to_json(each.value, variables)}"
                for each in fields
            )
            return f"{{{','.join(members)}}}"
        case VariableNode(name=name):
            return json.dumps(variables.get(name.value))
        case NullValueNode():
            return "null"
        case (
            BooleanValueNode(value=value)
            | StringValueNode(value=value)
            | EnumValueNode(value=value)
        ):
            return json.dumps(value)
    return str(getattr(node, "value", "null"))


def _scalar(name: str, description: str, serialize: Any = _same) -> ScalarDefinition:
    return strawberry.scalar(
        name=name,
        description=description,
        serialize=serialize,
        parse_value=_same,
        parse_literal=_parse_literal,
    )


SCALARS: dict[Any, ScalarDefinition] = {
    DateTime: _scalar(
        "DateTime", "ISO 8601 with an offset; returned in UTC with milliseconds.", iso
    ),
    Date: _scalar("Date", "Like `2026-01-31`.", str),
    Time: _scalar("Time", "Like `10:30` or `10:30:15`, without a time zone.", str),
    DecimalText: _scalar(
        "Decimal", 'A decimal number as a string, like `"12.50"`, so that no digit is lost.', plain
    ),
    Json: _scalar("JSON", "A JSON object or array."),
}
