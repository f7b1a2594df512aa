"""What resolvers get, one for each request, and how they load rows of one level at once."""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias, TypeVar
from uuid import UUID

import strawberry
from starlette.requests import Request
from strawberry.dataloader import DataLoader

from app.db.connections import Asked, Span
from app.db.database import Database
from app.http.errors import ApiError
from app.http.model import Model
from app.http.query import CursorQuery, PageQuery
from app.http.rate_limit import count


class HasId(Protocol):
    """What every row of the API has."""

    id: UUID


R = TypeVar("R", bound=Model)
Row = TypeVar("Row", bound=HasId)
Q = TypeVar("Q", bound=CursorQuery | PageQuery)


@dataclass(frozen=True, slots=True)
class Context:
    request: Request
    db: Database
    loaders: dict[Hashable, DataLoader[UUID, Any]] = field(default_factory=dict)

    async def count_use(self, name: str, rate: str) -> None:
        """Counts one use of an endpoint. Raises 429."""
        await count(self.request, name, rate)


Info: TypeAlias = strawberry.Info[Context, None]
LoadRows: TypeAlias = Callable[[Context, list[UUID]], Awaitable[list[Row]]]
LoadPages: TypeAlias = Callable[
    [Context, list[UUID], Asked[Q]], Awaitable[list[Span[R] | ApiError]]
]


async def load_row(context: Context, load: LoadRows[Row], id: UUID | None) -> Row | None:
    """One row, with all others of this level. None if it does not exist or cannot be read."""
    if id is None:
        return None

    async def load_all(ids: list[UUID]) -> list[Row | None]:
        rows = {row.id: row for row in await load(context, ids)}
        return [rows.get(each) for each in ids]

    loader = context.loaders.setdefault(load, DataLoader(load_all))
    row: Row | None = await loader.load(id)
    return row


async def load_page(
    context: Context, load: LoadPages[Q, R], asked: Asked[Q], parent_id: UUID
) -> Span[R]:
    """One page, with those of all other parents that are asked for the same."""

    async def load_all(ids: list[UUID]) -> list[Span[R] | ApiError]:
        return await load(context, ids, asked)

    key = (load, asked.query.model_dump_json(), asked.slice)
    loader = context.loaders.setdefault(key, DataLoader(load_all))
    page: Span[R] = await loader.load(parent_id)
    return page
