"""What every list promises."""

from typing import Any, ClassVar, NamedTuple

import pytest
from sqlalchemy import select

from app.db.cursors import read_cursor, seal_of, write_cursor
from tests.api import Api
from tests.endpoint import EndpointTests, needs
from tests.rows import Match, as_text, fields_of, ids_of, listed, walk, walk_pages

_COMMON = ["sortBy=secret", "sortOrder=up", "unknown=1"]
_PARAMETERS = {
    "cursor": ["limit=0", "limit=101", "limit=x", "cursor=x", "perPage=20", *_COMMON],
    "offset": ["page=0", "perPage=0", "perPage=101", "perPage=x", "limit=20", *_COMMON],
}


class PageTests(EndpointTests):
    @classmethod
    def cases_of(cls, argument: str) -> list[Any] | None:
        if argument == "parameter":
            return _PARAMETERS[cls.endpoint.pagination]
        return super().cases_of(argument)

    @needs("list")
    async def test_answers_an_empty_page_where_there_is_nothing(self, api: Api) -> None:
        is_by_cursor = self.endpoint.pagination == "cursor"
        numbered = {"page": 1, "perPage": 20, "totalPages": 0, "total": 0}
        meta = {"nextCursor": None, "limit": 20} if is_by_cursor else numbered
        answer = await api.get(self.endpoint.url)
        assert answer.status_code == 200
        assert answer.json()["data"] == []
        assert meta.items() <= answer.json()["meta"].items()

    @needs("list")
    async def test_answers_the_newest_first(self, api: Api) -> None:
        rows = await self.endpoint.rows(api, 2)
        assert listed(await api.get(self.endpoint.url)) == ids_of(reversed(rows))

    @needs("list")
    async def test_refuses_other_parameters(self, api: Api, parameter: str) -> None:
        answer = await api.get(f"{self.endpoint.url}?{parameter}")
        assert answer.status_code == 422
        assert fields_of(answer) == [parameter.partition("=")[0]]

    @needs("list", pagination="cursor")
    async def test_refuses_the_cursor_of_another_order(self, api: Api) -> None:
        await self.endpoint.rows(api, 2)
        first = await api.get(self.endpoint.url, params={"limit": 1})
        cursor = first.json()["meta"]["nextCursor"]
        query = {"limit": 1, "sortOrder": "asc", "cursor": cursor}
        answer = await api.get(self.endpoint.url, params=query)
        assert answer.status_code == 422
        assert fields_of(answer) == ["cursor"]


class Sort(NamedTuple):
    by: str
    attribute: str
    # A value that no cursor may have, though its seal is right.
    wrong: object = "other"
    unique: bool = False
    nullable: bool = False


BY_CREATION = Sort("createdAt", "id", unique=True)


class SortTests(EndpointTests):
    sort_cases: ClassVar[list[Sort]] = [BY_CREATION]

    @needs("list")
    @pytest.mark.parametrize("order", ["asc", "desc"])
    async def test_reads_to_the_end(self, api: Api, sort: Sort, order: str) -> None:
        endpoint = self.endpoint
        first = await endpoint.insert(api.db)
        for count in range(1, endpoint.most):
            is_equal = not sort.unique and count % 2 == 0
            values = {sort.attribute: first[sort.attribute]} if is_equal else {}
            await endpoint.insert(api.db, **values)
        if sort.nullable:
            await endpoint.insert(api.db, **{sort.attribute: None})
        table = endpoint.model.__table__
        columns = [table.c[sort.attribute], table.c.id]
        ordered = [each.asc() if order == "asc" else each.desc() for each in columns]
        async with api.db.connect() as connection:
            expected = await connection.scalars(select(table.c.id).order_by(*ordered))
        read = walk if endpoint.pagination == "cursor" else walk_pages
        found = await read(api, endpoint.url, sortBy=sort.by, sortOrder=order)
        assert found == [str(id) for id in expected]

    @needs("list", pagination="cursor")
    async def test_refuses_a_forged_cursor(
        self, api: Api, sort: Sort, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await self.endpoint.rows(api, 2)
        listings: list[dict[str, Any]] = []

        def sealed(listing: dict[str, Any], value: Any, id: str) -> str:
            listings.append(listing)
            return seal_of(listing, value, id)

        monkeypatch.setattr("app.db.cursors.seal_of", sealed)
        query = {"limit": "1", "sortBy": sort.by, "sortOrder": "desc"}
        page = await api.get(self.endpoint.url, params=query)
        position = read_cursor(page.json()["meta"]["nextCursor"])
        position["value"] = sort.wrong
        position["seal"] = seal_of(listings[-1], sort.wrong, position["id"])
        forged = {**query, "cursor": write_cursor(position)}
        answer = await api.get(self.endpoint.url, params=forged)
        assert answer.status_code == 422
        assert fields_of(answer) == ["cursor"]


class FilterTests(EndpointTests):
    filter_by_cases: ClassVar[list[tuple[str, str, Match]]] = []

    async def test_filters(self, api: Api, filter_by: tuple[str, str, Match]) -> None:
        parameter, attribute, matches = filter_by
        stored = await self.endpoint.rows(api, 3)
        value = stored[min(1, len(stored) - 1)][attribute]
        wanted = value[0] if isinstance(value, list) else value
        answer = await api.get(self.endpoint.url, params={parameter: as_text(wanted)})
        columns = self.endpoint.model.__table__.c
        async with api.db.connect() as connection:
            rows = await connection.execute(select(columns.id, columns[attribute]))
        expected = [str(id) for id, found in rows if matches(found, wanted)]
        assert sorted(listed(answer)) == sorted(expected)


class SearchTests(EndpointTests):
    searched_cases: ClassVar[list[str]] = []

    async def test_searches_whatever_the_case(self, api: Api, searched: str) -> None:
        wanted, *_ = await self.endpoint.rows(api, 2)
        term = str(wanted[searched]).upper()
        answer = await api.get(self.endpoint.url, params={"search": term})
        assert listed(answer) == ids_of([wanted])

    @needs("list", table="searched_cases")
    @pytest.mark.parametrize("wildcard", ["%", "_"])
    async def test_takes_wildcards_for_what_they_are(self, api: Api, wildcard: str) -> None:
        await self.endpoint.rows(api, 1)
        assert listed(await api.get(self.endpoint.url, params={"search": wildcard})) == []
