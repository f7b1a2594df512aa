"""The OpenAPI document: what FastAPI says of the routes, in the form that all stacks give it."""

from collections.abc import Callable
from functools import cache
from typing import Any

import orjson
from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi

from app.about import BASE_PATH, NAME, VERSION

Json = dict[str, Any]

_REF = "#/components/schemas/"
# Wrappers are written where they are used.
_WRAPPERS = ("Data_", "Answer_", "CursorPage_", "NumberedPage_", "_")
# What FastAPI takes its own 422 to be.
_OF_FASTAPI = ("HTTPValidationError", "ValidationError")
_METHODS = ("get", "post", "put", "patch", "delete")


def describe(api: APIRouter, server_url: str | None) -> Callable[[], bytes]:
    """What makes the document of OpenAPI 3.1, once, when it is first asked for.

    Without a URL of the server it has one relative to its own: the `Host` header can be forged.
    """

    @cache
    def document() -> bytes:
        url = f".{BASE_PATH}" if server_url is None else server_url + BASE_PATH
        made = get_openapi(
            title=NAME,
            version=VERSION,
            openapi_version="3.1.0",
            servers=[{"url": url}],
            routes=api.routes,
        )
        return orjson.dumps(_tidy(made))

    return document


def _tidy(made: Json) -> Json:
    components = made.setdefault("components", {})
    schemas: dict[str, Json] = components.get("schemas", {})
    paths = {
        path.removeprefix(BASE_PATH): _tidy_path(operations, schemas)
        for path, operations in made["paths"].items()
    }
    named = {
        _name_of(name, schema): _tidy_schema(schema, schemas)
        for name, schema in schemas.items()
        if not name.startswith(_WRAPPERS) and name not in _OF_FASTAPI
    }
    return {**made, "paths": paths, "components": {**components, "schemas": named}}


def _tidy_path(operations: Json, schemas: dict[str, Json]) -> Json:
    return {
        method: _tidy_operation(operation, schemas) if method in _METHODS else operation
        for method, operation in operations.items()
    }


def _tidy_operation(operation: Json, schemas: dict[str, Json]) -> Json:
    for parameter in operation.get("parameters", []):
        parameter["schema"] = _without_null(_tidy_schema(parameter["schema"], schemas))
        if not parameter.get("required"):
            parameter.pop("required", None)
    answers: dict[str, Json] = operation["responses"]
    for holder in [operation.get("requestBody", {}), *answers.values()]:
        for content in holder.get("content", {}).values():
            content["schema"] = _tidy_schema(content["schema"], schemas)
    operation["responses"] = {
        status: answer for status, answer in sorted(answers.items()) if not _is_own(answer)
    }
    operation.setdefault("security", [])
    return operation


def _is_own(answer: Json) -> bool:
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).removeprefix(_REF) in _OF_FASTAPI


def _tidy_schema(schema: Json, schemas: dict[str, Json]) -> Json:
    """Without titles, and with the wrappers in their places."""
    reference = schema.get("$ref")
    if reference is not None:
        name = reference.removeprefix(_REF)
        if name.startswith(_WRAPPERS):
            return _tidy_schema(schemas[name], schemas)
        return {**schema, "$ref": _REF + _name_of(name, schemas.get(name, {}))}
    tidied: Json = {}
    for key, value in schema.items():
        if key == "title" or (key == "description" and schema.get("type") == "object"):
            continue
        if key in ("properties", "patternProperties"):
            tidied[key] = {name: _tidy_schema(each, schemas) for name, each in value.items()}
        elif key in ("anyOf", "allOf", "oneOf", "prefixItems"):
            tidied[key] = [_tidy_schema(each, schemas) for each in value]
        elif key in ("items", "additionalProperties", "not") and isinstance(value, dict):
            tidied[key] = _tidy_schema(value, schemas)
        else:
            tidied[key] = value
    return _joined(tidied)


def _joined(schema: Json) -> Json:
    """`{"type": ["number", "null"]}` in place of two branches that say nothing else."""
    branches = schema.get("anyOf", [])
    if len(branches) < 2 or any(list(each) != ["type"] for each in branches):
        return schema
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**rest, "type": [each["type"] for each in branches]}


def _without_null(schema: Json) -> Json:
    """A parameter is left out or has a value: none of them is null."""
    branches = [each for each in schema.get("anyOf", []) if each != {"type": "null"}]
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    if rest.get("default", ...) is None:
        del rest["default"]
    if isinstance(rest.get("type"), list):
        rest["type"] = next(each for each in rest["type"] if each != "null")
    if len(branches) == 1:
        return {**branches[0], **rest}
    return {**rest, "anyOf": branches} if branches else rest


def _name_of(name: str, schema: Json) -> str:
    """A model may have another name in the document than in the code: its title."""
    title: str = schema.get("title", name)
    return title if title.isidentifier() else name
