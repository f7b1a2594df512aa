"""The routes of an endpoint below one row of its parent."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar

from tests.api import Api
from tests.endpoint import NOBODY, EndpointTests, Row, needs, send
from tests.rows import fields_of, ids_of, listed, without


@dataclass(frozen=True, slots=True, kw_only=True)
class Nesting:
    # The field and the attribute that refer to the parent.
    field: str
    attribute: str
    # The path with `{}` for the id of the parent.
    path: str
    insert_parent: Callable[..., Awaitable[Row]]


class NestedTests(EndpointTests):
    nesting: ClassVar[Nesting]

    async def parent_id(self, api: Api) -> str:
        """A parent below which the caller may create rows."""
        return str((await self.nesting.insert_parent(api.db))["id"])

    def below(self, id: object) -> str:
        return self.nesting.path.format(id)

    async def body(self, api: Api) -> Row:
        """What a caller sends to create a row there: the path says whose it is."""
        return without(await self.endpoint.body(api.db), self.nesting.field)

    @needs("list")
    async def test_lists_only_what_belongs_to_it(self, api: Api) -> None:
        parent = await self.nesting.insert_parent(api.db)
        mine = await self.endpoint.insert(api.db, **{self.nesting.attribute: parent["id"]})
        await self.endpoint.insert(api.db)
        assert listed(await api.get(self.below(parent["id"]))) == ids_of([mine])
        assert (await api.get(self.below(NOBODY))).status_code == 404

    @needs("create")
    async def test_creates_what_belongs_to_it(self, api: Api) -> None:
        id, body = await self.parent_id(api), await self.body(api)
        answer = await send(api, "POST", self.below(id), body)
        assert answer.status_code == 201, answer.text
        assert answer.json()["data"][self.nesting.field] == id
        assert (await send(api, "POST", self.below(NOBODY), body)).status_code == 404

    @needs("create")
    async def test_refuses_another_parent_in_the_body(self, api: Api) -> None:
        id = await self.parent_id(api)
        body = {**await self.body(api), self.nesting.field: id}
        answer = await send(api, "POST", self.below(id), body)
        assert answer.status_code == 422
        assert fields_of(answer) == [self.nesting.field]
