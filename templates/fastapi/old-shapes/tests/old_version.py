"""What an endpoint promises that an old version of the API has in a shape of its own."""

from collections.abc import Callable
from typing import Any, ClassVar

from sqlalchemy import select

from app.about import BASE_PATH
from app.http.api_versions import base_path_of
from app.http.model import Model
from tests.api import Api
from tests.endpoint import RouteTests, Row, needs, send
from tests.lists import FilterTests, PageTests, SearchTests, SortTests
from tests.rows import in_json, without
from tests.states import StateTests
from tests.writes import (
    BodyTests,
    CreateTests,
    DeleteTests,
    ReferenceTests,
    RefusalTests,
    ReplaceTests,
    RequiredTests,
    UniqueTests,
)


class SideBySideTests(CreateTests, ReplaceTests):
    # A row of the newest version, and what the old one makes of it.
    newest: ClassVar[type[Model]]
    to_row: ClassVar[Callable[[Any], Model]]
    # What only the old version has: nothing keeps what it sends there.
    gone: ClassVar[list[str]] = []
    # The fields of the old version with the attributes of the newest that hold their values.
    changed_cases: ClassVar[list[tuple[str, str]]] = []

    def visible(self, body: Row) -> Row:
        return without(super().visible(body), *self.gone)

    @property
    def newest_url(self) -> str:
        """Where the newest version has the endpoint."""
        return BASE_PATH + self.endpoint.url.removeprefix(base_path_of(self.endpoint.url))

    def as_old(self, stored: Row) -> Row:
        """A stored row as the old version answers it."""
        row = type(self).to_row(self.newest.model_construct(None, **stored))
        return row.model_dump(mode="json")

    async def row_of(self, api: Api, id: object) -> Row:
        table = self.endpoint.model.__table__
        async with api.db.connect() as connection:
            found = await connection.execute(select(table).where(table.c.id == id))
        return dict(zip(table.c.keys(), found.one(), strict=True))

    @needs("get")
    async def test_reads_what_the_newest_version_wrote(self, api: Api) -> None:
        stored = await self.endpoint.insert(api.db)
        old = await api.get(f"{self.endpoint.url}/{stored['id']}")
        newest = await api.get(f"{self.newest_url}/{stored['id']}")
        assert old.json()["data"] == self.as_old(stored)
        assert newest.json()["data"] == in_json(self.newest, stored)
        assert old.headers["etag"] != newest.headers["etag"]

    @needs("create")
    async def test_writes_what_the_newest_version_reads(self, api: Api) -> None:
        body = await self.endpoint.body(api.db)
        made = (await send(api, "POST", self.endpoint.url, body)).json()["data"]
        stored = await self.row_of(api, made["id"])
        assert made == self.as_old(stored)
        if "get" in self.endpoint.operations:
            newest = await api.get(f"{self.newest_url}/{made['id']}")
            assert newest.json()["data"] == in_json(self.newest, stored)

    @needs("update")
    async def test_changes_one_field_and_keeps_all_others(
        self, api: Api, changed: tuple[str, str]
    ) -> None:
        field, attribute = changed
        id = (await self.endpoint.insert(api.db))["id"]
        before, value = await self.row_of(api, id), (await self.endpoint.body(api.db))[field]
        answer = await send(api, "PATCH", f"{self.endpoint.url}/{id}", {field: value})
        assert answer.status_code == 200, answer.text
        after = await self.row_of(api, id)
        assert without(after, attribute, "updated_at") == without(before, attribute, "updated_at")
        assert answer.json()["data"] == self.as_old(after)
        assert self.visible({field: value}).items() <= answer.json()["data"].items()


class OldVersionTests(
    RouteTests,
    PageTests,
    SortTests,
    FilterTests,
    SearchTests,
    StateTests,
    SideBySideTests,
    DeleteTests,
    BodyTests,
    RequiredTests,
    RefusalTests,
    ReferenceTests,
    UniqueTests,
):
    """Lists, writes and refusals go by the names of the old version."""
