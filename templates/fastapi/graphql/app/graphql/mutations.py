"""What mutations answer, and how they are done once and only to what was seen."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

import strawberry
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection
from strawberry import UNSET, Parent

from app.graphql.context import Context
from app.graphql.scalars import DateTime
from app.http.error_handlers import translate
from app.http.errors import ErrorDetail, validation_error
from app.http.idempotency import once
from app.http.json_body import whole
from app.http.model import Model
from app.http.times import DateTime as Moment
from app.http.times import iso

R = TypeVar("R", bound=Model)


@strawberry.type(name="Error", description="Why a mutation changed nothing.")
class InputError:
    field: str
    message: str
    code: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a mutation, or what is wrong with its input."""

    result: Any = None
    errors: list[InputError] = field(default_factory=list)


def result_of(outcome: Parent[Outcome]) -> Any:
    """Resolves the field of a payload that has what the mutation made."""
    return outcome.result


@strawberry.type
class Payload:
    errors: list[InputError]


@strawberry.type
class Deleted(Payload):
    deleted_id: strawberry.ID | None = strawberry.field(resolver=result_of)


IdempotencyKey = Annotated[
    str | None,
    strawberry.argument(
        description="A mutation with the same key and input is done once within a day."
    ),
]
IfUpdatedAt = Annotated[
    DateTime | None,
    strawberry.argument(
        description=(
            "The `updatedAt` that you have seen. If it has changed since, nothing is done."
        )
    ),
]

# The errors that a client can correct.
_CORRECTABLE = {"VALIDATION_ERROR", "CONFLICT", "PRECONDITION_FAILED"}
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)


async def settle(
    work: Callable[[], Awaitable[Any]], about: Literal["input", "id"] = "input"
) -> Outcome:
    """The result of a mutation, or the errors of its input. Raises all other errors.

    `about` is the argument to name where an error is about no field.
    """
    try:
        return Outcome(await work())
    except Exception as error:
        known = translate(error)
        if known.code not in _CORRECTABLE:
            raise
        field = "ifUpdatedAt" if known.code == "PRECONDITION_FAILED" else about
        problems = known.details or [{"field": field, "message": known.detail}]
        return Outcome(errors=[_told(each, known.code) for each in problems])


def _told(problem: ErrorDetail, code: str) -> InputError:
    name = problem["field"]
    field = "idempotencyKey" if name == "Idempotency-Key" else name
    return InputError(field=field, message=whole(problem["message"]), code=code)


@dataclass(frozen=True, slots=True)
class Repeatable:
    """A mutation that is done once for each key of a caller. `row` is the type of what it makes."""

    name: str
    key: str | None
    content: object
    row: Any

    async def run(
        self,
        context: Context,
        caller_id: UUID | None,
        work: Callable[[AsyncConnection], Awaitable[R]],
    ) -> R:
        if self.key is None or self.key is UNSET:
            async with context.db.connect() as connection:
                return await work(connection)
        if not _KEY.fullmatch(self.key):
            message = "Invalid input: expected 1 to 255 visible ASCII characters"
            raise validation_error([{"field": "idempotencyKey", "message": message}])
        scope = [str(caller_id or ""), "graphql", self.name, self.key]
        text = await once(context.db, scope, self.content, work)
        made: R = TypeAdapter(self.row).validate_json(text)
        return made


def versions_of(updated_at: object) -> list[str] | None:
    """The versions of a row that a mutation accepts. None accepts any."""
    if updated_at is UNSET or updated_at is None:
        return None
    try:
        return [iso(_MOMENT.validate_python(updated_at))]
    except ValidationError:
        message = "Invalid ISO datetime"
        raise validation_error([{"field": "ifUpdatedAt", "message": message}]) from None
