"""Errors about fields that another version of the API calls differently."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from fastapi import Depends
from sqlalchemy.exc import SQLAlchemyError

from app.http.error_handlers import translate
from app.http.errors import ApiError, ErrorDetail


def field_names(names: Mapping[str, str]) -> Any:
    """Tells what a service or the database refuses by these names: `dependencies=[…]`."""

    async def rename() -> AsyncIterator[None]:
        try:
            yield
        except (ApiError, SQLAlchemyError) as error:
            known = translate(error)
            if known.details is None:
                raise
            raise ApiError(
                known.status_code,
                known.code,
                known.detail,
                details=[_renamed(each, names) for each in known.details],
                headers=known.headers,
            ) from error

    return Depends(rename)


def _renamed(detail: ErrorDetail, names: Mapping[str, str]) -> ErrorDetail:
    """A place in a field has the name of the field in front, such as `labels.0`."""
    field, dot, place = detail["field"].partition(".")
    return {**detail, "field": f"{names.get(field, field)}{dot}{place}"}
