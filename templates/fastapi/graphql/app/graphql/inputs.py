"""Inputs as the schemas of the services read them."""

from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError
from strawberry import UNSET
from strawberry.schema.name_converter import NameConverter
from strawberry.types import get_object_definition

from app.http.errors import not_found, validation_error
from app.http.json_body import DEEPEST, TOO_DEEP, is_deeper
from app.http.path_id import is_id
from app.http.problems import details_of

M = TypeVar("M", bound=BaseModel)

_NAMES = NameConverter()


def given_in(source: object) -> dict[str, Any]:
    """What a client has set of an input, by the names of JSON; values stand for their enums."""
    fields = get_object_definition(source, strict=True).fields
    values = {_NAMES.from_field(each): getattr(source, each.python_name) for each in fields}
    return {name: value_of(value) for name, value in values.items() if value is not UNSET}


def value_of(value: Any) -> Any:
    if isinstance(value, list):
        return [value_of(each) for each in value]
    return value.value if isinstance(value, Enum) else value


def parse_input(model: type[M], given: dict[str, Any]) -> M:
    """Raises 422 with every problem at once."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise validation_error(details_of(error, model)) from None


def parse_values(model: type[M], given: dict[str, Any]) -> M:
    """The same of what will be stored, which may not be nested too deeply, as in REST."""
    deep = [name for name, value in given.items() if is_deeper(value, DEEPEST)]
    if deep:
        raise validation_error([{"field": name, "message": TOO_DEEP} for name in deep])
    return parse_input(model, given)


def parse_id(id: str, what: str) -> UUID:
    """Raises 404 for anything that is no UUID."""
    if not is_id(id):
        raise not_found(what)
    return UUID(id)
