"""Ids in paths: what is no UUID names no row."""

import re
from uuid import UUID

from pydantic import BeforeValidator

from app.http.errors import not_found

_UUID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
    r"|0{8}-0{4}-0{4}-0{4}-0{12}|f{8}-f{4}-f{4}-f{4}-f{12}",
    re.I,
)


def path_id(what: str) -> BeforeValidator:
    """For `Annotated[UUID, path_id("post")]`: answers 404 for anything that is no UUID."""

    def read(value: str) -> UUID:
        if not _UUID.fullmatch(value):
            raise not_found(what)
        return UUID(value)

    return BeforeValidator(read)
