"""Ids in paths: what is no UUID names no row."""

import re
from uuid import UUID

from pydantic import BeforeValidator

from app.http.errors import not_found

# As the document says it: versions 1 to 8 (RFC 9562), the nil and the max UUID.
PATTERN = (
    "^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
    "|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$"
)
_UUID = re.compile(PATTERN.strip("^$"))


def is_id(value: str) -> bool:
    return _UUID.fullmatch(value) is not None


def path_id(what: str) -> BeforeValidator:
    """For `Annotated[UUID, path_id("post")]`: answers 404 for anything that is no UUID."""

    def read(value: str) -> UUID:
        if not is_id(value):
            raise not_found(what)
        return UUID(value)

    return BeforeValidator(read)
