"""What OpenAPI says of a route that reads its body by itself."""

from typing import Any

from pydantic import BaseModel

from app.http.openapi import errors
from app.webhooks.signature import SIGNATURE_HEADER

Json = dict[str, Any]


def documented(path: str, event: type[BaseModel]) -> Json:
    """The arguments of a route that say what it takes and answers."""
    return {
        "summary": f"Take an event of {path}",
        "description": "Signed with the secret that both sides have. "
        "A repeated delivery is refused.",
        "status_code": 204,
        "response_description": "The event was taken",
        "responses": errors(400, 401, 409, 413, 415, 422, 429, 500),
        "openapi_extra": {
            "parameters": [
                {
                    "in": "header",
                    "name": SIGNATURE_HEADER,
                    "required": True,
                    "schema": {"type": "string"},
                }
            ],
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": _schema_of(event)}},
            },
        },
    }


def _schema_of(event: type[BaseModel]) -> Json:
    schema = event.model_json_schema()
    whole: Json = _whole(schema, schema.pop("$defs", {}), frozenset())
    return whole


def _whole(part: Any, models: Json, within: frozenset[str]) -> Any:
    """With other models in the places of references to them, and anything for one in itself."""
    if isinstance(part, list):
        return [_whole(each, models, within) for each in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        return {} if name in within else _whole(models[name], models, within | {name})
    return {key: _whole(each, models, within) for key, each in part.items()}
