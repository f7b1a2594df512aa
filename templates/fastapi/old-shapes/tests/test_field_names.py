"""Errors about fields that an old version of the API calls differently."""

from collections.abc import AsyncGenerator

import pytest
from sqlalchemy.exc import IntegrityError

from app.http.errors import ApiError, ErrorDetail, conflict, not_found
from app.http.field_names import field_names

pytestmark = pytest.mark.anyio


async def test_errors_have_the_names_of_an_old_version() -> None:
    rename = field_names({"headline": "title"}).dependency
    details: list[ErrorDetail] = [
        {"field": "headline", "message": "Taken"},
        {"field": "labels.0", "message": "Too long"},
    ]
    with pytest.raises(ApiError) as raised:
        await fail(rename(), conflict("Taken", details))
    assert raised.value.status_code == 409
    assert [each["field"] for each in raised.value.details or ()] == ["title", "labels.0"]


async def test_other_errors_stay_as_they_are() -> None:
    rename = field_names({"headline": "title"}).dependency
    for error in (not_found("post"), IntegrityError("", {}, ValueError())):
        with pytest.raises(type(error)) as raised:
            await fail(rename(), error)
        assert raised.value is error


async def fail(dependency: AsyncGenerator[None], error: Exception) -> None:
    """What FastAPI does with a dependency of a route that fails."""
    await anext(dependency)
    await dependency.athrow(error)
