"""What operations document beside their models: error answers, and headers of answers."""

from http import HTTPStatus
from typing import Annotated, Any

from pydantic import Field

from app.http.model import Model

Answers = dict[int | str, dict[str, Any]]


class _Detail(Model):
    field: str
    message: str
    value: Any = None


class _Error(Model):
    code: str
    message: str
    details: list[_Detail] = Field(default_factory=list)


class _ErrorMeta(Model):
    timestamp: Annotated[str, Field(json_schema_extra={"format": "date-time"})]
    request_id: str
    path: str


class ErrorAnswer(Model):
    error: _Error
    meta: _ErrorMeta


def _header(description: str) -> dict[str, Any]:
    return {"description": description, "required": True, "schema": {"type": "string"}}


_ETAG = {"ETag": _header("The version of the row")}
_LOCATION = {"Location": _header("The path of the new resource")}
_RETRY_AFTER = {"Retry-After": _header("Seconds to wait before the next request")}

CREATED: Answers = {201: {"headers": _LOCATION}}
ROW: Answers = {200: {"headers": _ETAG}}
FOUND_ROW: Answers = {**ROW, 304: {"description": "Not modified"}}
CREATED_ROW: Answers = {201: {"headers": {**_LOCATION, **_ETAG}}}


# Versions of Python name it differently.
_PHRASES = {413: "Payload Too Large"}


def errors(*statuses: int) -> Answers:
    """The error answers of an operation by status. Every operation also has 431 and 503."""
    return {status: _error(status) for status in (*statuses, 431, 503)}


def _error(status: int) -> dict[str, Any]:
    phrase = _PHRASES.get(status) or HTTPStatus(status).phrase
    answer = {"description": phrase, "model": ErrorAnswer}
    return {**answer, "headers": _RETRY_AFTER} if status in (429, 503) else answer
