"""What Pydantic finds wrong, in the words of this API: they do not change with its versions."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin
from uuid import UUID

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from starlette.requests import Request

from app.http.envelope import Data
from app.http.errors import ApiError, ErrorDetail, bad_request, validation_error
from app.http.form import option
from app.http.json_body import whole

M = TypeVar("M", bound=BaseModel)

# The writer of JSON refuses integers beyond 64 bits.
_LEAST_INTEGER, _MOST_INTEGER = -(2**63), 2**64 - 1

# Parameters of every list come behind those of its own.
_LAST = ["search", "sortBy", "sortOrder", "limit", "cursor", "page", "perPage"]

NO_ENVELOPE = 'Expected a JSON body of the form { "data": { … } }'

_EXPECTED = {
    "string_type": "string",
    "int_type": "number",
    "int_from_float": "int",
    "int_parsing": "number",
    "float_type": "number",
    "finite_number": "number",
    "bool_type": "boolean",
    "list_type": "array",
    "dict_type": "object",
    "model_type": "object",
    "model_attributes_type": "object",
}

_BOUNDS = {
    "string_too_short": "Too small: expected >={min_length} characters",
    "string_too_long": "Too big: expected <={max_length} characters",
    "too_short": "Too small: expected array to have >={min_length} items",
    "too_long": "Too big: expected array to have <={max_length} items",
    "greater_than_equal": "Too small: expected number to be >={ge:g}",
    "less_than_equal": "Too big: expected number to be <={le:g}",
}


def translate_problems(request: Request, error: RequestValidationError) -> ApiError:
    """422 with every problem at once, or 400 for a body without `data`."""
    return _translate(error.errors(), _model_of(request.scope["endpoint"]))


def read_data(request: Request, body: type[Data[M]]) -> M:
    """The `data` of a body that a route asks for in some cases only. Raises 400 and 422."""
    try:
        return body.model_validate(request.scope["state"].get("json")).data
    except ValidationError as error:
        found = [{**each, "loc": ("body", *each["loc"])} for each in error.errors()]
        raise _translate(found, body.model_fields["data"].annotation) from None


def _translate(problems: Iterable[Any], model: Any) -> ApiError:
    details: list[ErrorDetail] = []
    parameters: list[ErrorDetail] = []
    for each in problems:
        place, *path = each["loc"]
        if place != "body":
            parameters.append(_detail(None, path, each))
        elif each["type"] == "names":
            named: Iterable[tuple[str, str]] = each["ctx"]["problems"]
            details += [{"field": name, "message": message} for name, message in named]
        elif path[:1] != ["data"] or path == ["data"]:
            return bad_request(NO_ENVELOPE)
        else:
            details.append(_detail(model, path[1:], each))
    return validation_error(_in_order([*sorted(parameters, key=_place), *details]))


def details_of(error: ValidationError, model: type[BaseModel]) -> list[ErrorDetail]:
    """What is wrong with the fields of one model."""
    return _in_order([_detail(model, list(each["loc"]), each) for each in error.errors()])


def _place(detail: ErrorDetail) -> int:
    return -1 if detail["message"] == _UNKNOWN else place_of(detail["field"])


def place_of(parameter: str) -> int:
    """Where a parameter stands among those of a list."""
    return _LAST.index(parameter) if parameter in _LAST else -1


_UNKNOWN = "Unknown field"


def _in_order(details: list[ErrorDetail]) -> list[ErrorDetail]:
    """Fields in the order of the model, and then what it does not know."""
    return sorted(details, key=lambda each: each["message"] == _UNKNOWN)


def _detail(model: Any, path: list[Any], each: Any) -> ErrorDetail:
    if each["type"] == "extra_forbidden":
        return {"field": ".".join(str(part) for part in path), "message": _UNKNOWN}
    places = [part for part in path if not _is_branch(part)]
    name = ".".join(str(part) for part in places)
    field = _field_of(model, str(places[0])) if places else None
    detail: ErrorDetail = {"field": name, "message": _message(field, each)}
    if each["type"] != "missing" and not _is_secret(field):
        detail["value"] = _storable(each.get("ctx", {}).get("value", each["input"]))
    return detail


def _message(field: FieldInfo | None, each: Any) -> str:
    kind, context = each["type"], each.get("ctx", {})
    if kind == "missing":
        return _missing(field.annotation if field else str)
    if kind in _EXPECTED:
        return f"Invalid input: expected {_EXPECTED[kind]}, received {received(each['input'])}"
    if kind in _BOUNDS:
        return _BOUNDS[kind].format(**context)
    if kind == "literal_error":
        return _option(each["ctx"]["expected"].replace(" or ", ", ").split(", "))
    message: str = each["msg"]
    return message


def received(value: object) -> str:
    """The kind of a JSON value."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
    return "object"


_KINDS: dict[Any, str] = {
    int: "number",
    float: "number",
    bool: "boolean",
    list: "array",
    dict: "object",
}
_TEXTS = (str, Decimal, date, datetime, time, UUID)


def _missing(annotation: Any) -> str:
    if get_origin(annotation) is Annotated:
        return _missing(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _missing(next(each for each in get_args(annotation) if each is not NoneType))
    if get_origin(annotation) is Literal:
        return _option([repr(each) for each in get_args(annotation)])
    kind = _KINDS.get(get_origin(annotation) or annotation)
    if kind is None:
        kind = "string" if annotation in _TEXTS else "object or array"
        if kind != "string":
            return f"Invalid input: expected {kind}"
    return f"Invalid input: expected {kind}, received undefined"


def _option(quoted: Iterable[str]) -> str:
    return option([each.strip("'\"") for each in quoted])


def _is_branch(part: object) -> bool:
    """Pydantic names the branch of a union that a value was tried with."""
    return isinstance(part, str) and any(sign in part for sign in "[(")


def _model_of(endpoint: object) -> Any:
    """The model of `data` in the body that an endpoint takes."""
    for annotation in getattr(endpoint, "__annotations__", {}).values():
        # A body may be left out.
        is_union = get_origin(annotation) in (Union, UnionType)
        for each in get_args(annotation) if is_union else (annotation,):
            data = _field_of(each, "data")
            if data is not None:
                return data.annotation
    return None


def _field_of(model: Any, name: str) -> FieldInfo | None:
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return None
    for key, field in model.model_fields.items():
        if name == (field.alias or key):
            return field
    return None


def _is_secret(field: FieldInfo | None) -> bool:
    """Whether a field, or a branch of its union, is one that never leaves the server."""
    branches = get_args(field.annotation) if field else ()
    told = [field, *(each for branch in branches for each in getattr(branch, "__metadata__", ()))]
    extras = [each.json_schema_extra for each in told if isinstance(each, FieldInfo)]
    return any(isinstance(extra, dict) and extra.get("writeOnly") is True for extra in extras)


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, int) and not _LEAST_INTEGER <= value <= _MOST_INTEGER:
        return float(value)
    if isinstance(value, list):
        return [_storable(each) for each in value]
    if isinstance(value, dict):
        return {_storable(name): _storable(each) for name, each in value.items()}
    return value
