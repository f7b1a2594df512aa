"""The OpenAPI document, as tests read it."""

import json
import re
from functools import cache
from typing import Any

from app.about import BASE_PATH
from tests.api import Api

Paths = dict[str, dict[str, dict[str, Any]]]


def read_paths(api: Api) -> Paths:
    """The documented operations by path and method."""
    return _paths_of(api.app.state.openapi())


@cache
def _paths_of(document: bytes) -> Paths:
    paths: Paths = json.loads(document)["paths"]
    return paths


def undocumented(api: Api) -> list[tuple[str, str, int]]:
    """The answers that a documented operation gave and that its documentation lacks.

    Requests that are no operation get the same answers everywhere.
    """
    patterns = [
        (re.compile(BASE_PATH + re.sub(r"\{\w+\}", "[^/]+", path)), operations)
        for path, operations in read_paths(api).items()
    ]

    def is_documented(method: str, asked: str, status: int) -> bool:
        found = (operations for pattern, operations in patterns if pattern.fullmatch(asked))
        operation = next(found, {}).get(method.lower())
        if operation is None:
            return True
        tells = status != 401 or any("bearer" in each for each in operation["security"])
        return tells and str(status) in operation["responses"]

    return [each for each in api.answers if not is_documented(*each)]
