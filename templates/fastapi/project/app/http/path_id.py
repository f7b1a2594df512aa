"""Ids in paths: what is no UUID names no row."""

from uuid import UUID

from pydantic import BeforeValidator

from app.http.errors import not_found
from app.http.fields import IS_UUID


def is_id(value: str) -> bool:
    return IS_UUID.match(value) is not None


def path_id(what: str) -> BeforeValidator:
    """For `Annotated[UUID, path_id("post")]`: answers 404 for anything that is no UUID."""

    def read(value: str) -> UUID:
        if not is_id(value):
            raise not_found(what)
        return UUID(value)

    return BeforeValidator(read)
