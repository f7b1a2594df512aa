"""What becomes of a row when the one that it refers to is deleted."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar, Literal

from sqlalchemy import select

from tests.api import Api
from tests.endpoint import EndpointTests, Row


@dataclass(frozen=True, slots=True)
class Reference:
    attribute: str
    url: str
    insert: Callable[..., Awaitable[Row]]
    then: Literal["keeps it", "goes on without it", "goes with it"]


class ParentTests(EndpointTests):
    parent_cases: ClassVar[list[Reference]] = []

    async def test_loses_a_parent(self, api: Api, parent: Reference) -> None:
        id = (await parent.insert(api.db))["id"]
        stored = await self.endpoint.insert(api.db, **{parent.attribute: id})
        answer = await api.delete(f"{parent.url}/{id}")
        assert answer.status_code == (409 if parent.then == "keeps it" else 204)
        table = self.endpoint.model.__table__
        left = select(table.c[parent.attribute]).where(table.c.id == stored["id"])
        async with api.db.connect() as connection:
            found = (await connection.scalars(left)).all()
        expected = {"keeps it": [id], "goes on without it": [None], "goes with it": []}
        assert found == expected[parent.then]
