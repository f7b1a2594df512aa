"""What a client sees of an error: what REST would tell, never the message of a failure."""

import re
from typing import Any

from graphql import GraphQLError

from app.http.context import request_id
from app.http.error_handlers import report
from app.http.json_body import whole

_CODE = "BAD_REQUEST"

_VALUES = re.compile(r"(?:[,;.] [Ff]ound|(?<= value)): .*", re.DOTALL)
_ERROR = re.compile(r", but encountered error .*", re.DOTALL)
_MEMBER = re.compile(r"\bValue .*( does not exist in )", re.DOTALL)


def describe_error(error: GraphQLError) -> dict[str, Any]:
    """With a code and the id of the request."""
    is_thrown_by_us = "code" in (error.extensions or {})
    if error.path is None or is_thrown_by_us:
        code = (error.extensions or {}).get("code", _CODE)
        return _told(error, without_values(error.message), code)
    cause = error.original_error
    known = report(cause if isinstance(cause, Exception) else error)
    details = {} if known.details is None else {"details": known.details}
    return _told(error, known.detail, known.code, **details)


def _told(error: GraphQLError, message: str, code: str, **more: Any) -> dict[str, Any]:
    extensions = {**(error.extensions or {}), "code": code, "requestId": request_id.get(), **more}
    return {**error.formatted, "message": whole(message), "extensions": extensions}


def bad_request(message: str) -> dict[str, Any]:
    """The error of a request that is not one of GraphQL."""
    return {"message": message, "extensions": {"code": _CODE, "requestId": request_id.get()}}


def without_values(message: str) -> str:
    """graphql-core repeats values of the request in its messages, and some are secret."""
    for pattern in (_ERROR, _VALUES):
        message = pattern.sub("", message)
    return _MEMBER.sub(r"Value\1", message)
