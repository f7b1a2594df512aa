"""What an old version of the API sends, by the rules of the newest version."""

from typing import Any

from pydantic import ValidationError

from app.http.errors import validation_error
from app.http.model import Input
from app.http.problems import details_of


def new_values(model: type[Input], values: dict[str, Any]) -> dict[str, Any]:
    """Values of a new row, with defaults in place of what is left out. Raises 422."""
    return _read(model, values).model_dump(by_alias=False)


def changed_values(model: type[Input], values: dict[str, Any]) -> dict[str, Any]:
    """Values of a row that change: what is left out stays as it is. Raises 422."""
    return _read(model, values).model_dump(by_alias=False, exclude_unset=True)


def _read(model: type[Input], values: dict[str, Any]) -> Input:
    given = model.model_construct(set(values), **values)
    body = given.model_dump(mode="json", exclude_unset=True, warnings=False)
    try:
        return model.model_validate(body)
    except ValidationError as error:
        raise validation_error(details_of(error, model)) from None
