"""Connections, beside the lists of REST."""

from typing import Any, ClassVar

import pytest

from tests.api import Api
from tests.graphql.ask import ask, codes_of, counted_statements, data_of
from tests.graphql.endpoint import GraphqlTests
from tests.rows import as_text, ids_of, listed

INFO = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"


def nodes_of(page: Any) -> list[Any]:
    return [edge["node"] for edge in page["edges"]]


class ConnectionTests(GraphqlTests):
    # The names of orders in REST, each with its member.
    order_cases: ClassVar[list[tuple[str, str]]]

    async def test_reads_forwards_and_backwards(self, api: Api, order: tuple[str, str]) -> None:
        rest = self.asked.rest
        count = len(await rest.rows(api, 5))
        size = "limit" if rest.pagination == "cursor" else "perPage"
        for direction in ("asc", "desc"):
            asked = {size: "100", "sortBy": order[0], "sortOrder": direction}
            expected = listed(await api.get(rest.url, params=asked))
            assert len(expected) >= count
            sort = f"sortBy: {order[1]}, sortOrder: {direction.upper()}"
            assert await self._forwards(api, sort) == expected
            assert await self._backwards(api, sort) == expected

    @pytest.mark.parametrize(
        "wrong",
        [
            "first: 0",
            "first: 101",
            "last: 101",
            "limit: 0",
            "first: 1, last: 1",
            "first: 1, limit: 1",
            'first: 1, before: "x"',
            'after: "x"',
            'after: "x", cursor: "x"',
        ],
    )
    async def test_refuses_a_wrong_place(self, api: Api, wrong: str) -> None:
        answer = await ask(api, f"{{ {self.asked.many}({wrong}) {{ {INFO} }} }}")
        assert codes_of(answer) == ["VALIDATION_ERROR"]

    async def _page(self, api: Api, place: str) -> Any:
        many = self.asked.many
        query = f"{{ {many}({place}) {{ edges {{ cursor node {{ id }} }} {INFO} }} }}"
        return (await data_of(api, query))[many]

    async def _forwards(self, api: Api, sort: str) -> list[str]:
        page = await self._page(api, f"first: 2, {sort}")
        assert not page["pageInfo"]["hasPreviousPage"]
        found = ids_of(nodes_of(page))
        while page["pageInfo"]["hasNextPage"]:
            end = page["pageInfo"]["endCursor"]
            page = await self._page(api, f'first: 2, {sort}, after: "{end}"')
            found += ids_of(nodes_of(page))
        return found

    async def _backwards(self, api: Api, sort: str) -> list[str]:
        page = await self._page(api, f"last: 2, {sort}")
        assert not page["pageInfo"]["hasNextPage"]
        found = ids_of(nodes_of(page))
        while page["pageInfo"]["hasPreviousPage"]:
            start = page["pageInfo"]["startCursor"]
            page = await self._page(api, f'last: 2, {sort}, before: "{start}"')
            found = [*ids_of(nodes_of(page)), *found]
        return found


class SharedCursorTests(GraphqlTests):
    async def test_takes_the_cursors_of_rest_and_gives_it_its_own(self, api: Api) -> None:
        rest, many = self.asked.rest, self.asked.many
        await rest.rows(api, 2)
        answer = await api.get(rest.url, params={"limit": 1})
        cursor = answer.json()["meta"]["nextCursor"]
        query = f"""query ($after: String) {{
          first: {many}(first: 1) {{ edges {{ cursor }} }}
          second: {many}(limit: 1, cursor: $after) {{ edges {{ node {{ id }} }} }}
        }}"""
        found = await data_of(api, query, after=cursor)
        assert found["first"]["edges"] == [{"cursor": cursor}]
        following = await api.get(rest.url, params={"limit": 1, "cursor": cursor})
        assert ids_of(nodes_of(found["second"])) == listed(following)


class CountTests(GraphqlTests):
    async def test_counts_the_rows_only_when_it_is_asked_to(self, api: Api) -> None:
        rest, many = self.asked.rest, self.asked.many
        await rest.rows(api, 3)
        total = (await api.get(rest.url)).json()["meta"]["total"]
        async with counted_statements() as plain:
            await data_of(api, f"{{ {many}(first: 1) {{ edges {{ node {{ id }} }} }} }}")
        async with counted_statements() as counting:
            query = f"{{ {many}(first: 1) {{ edges {{ node {{ id }} }} totalCount }} }}"
            assert (await data_of(api, query))[many]["totalCount"] == total
        assert len(counting) == len(plain) + 1


class FilterTests(GraphqlTests):
    # The names of filters, each with the attribute that it is about.
    filter_by_cases: ClassVar[list[tuple[str, str]]]

    async def test_filters_as_rest_does(self, api: Api, filter_by: tuple[str, str]) -> None:
        (name, attribute), asked = filter_by, self.asked
        stored = (await asked.rest.rows(api, 3))[-1][attribute]
        value = stored[0] if isinstance(stored, list) else stored
        expected = listed(await api.get(asked.rest.url, params={name: as_text(value)}))
        query = f"""query ($filter: {asked.type}Filter) {{
          {asked.many}(filter: $filter) {{ edges {{ node {{ id }} }} }}
        }}"""
        is_plain = isinstance(value, bool | int | float)
        given = asked.member_of(name, value if is_plain else as_text(value))
        found = await data_of(api, query, filter={name: given})
        assert ids_of(nodes_of(found[asked.many])) == expected
        assert expected
