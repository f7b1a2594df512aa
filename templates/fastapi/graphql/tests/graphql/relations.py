"""Rows that refer to others, both ways: each level of a query is one statement."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from tests.api import Api
from tests.graphql.ask import counted_statements, data_of
from tests.graphql.endpoint import GraphqlTests
from tests.graphql.lists import nodes_of


class ReferenceTests(GraphqlTests):
    # The fields with rows, each with the one that has the id.
    reference_cases: ClassVar[list[tuple[str, str]]]

    async def test_loads_all_at_once(self, api: Api, reference: tuple[str, str]) -> None:
        (name, key), many = reference, self.asked.many
        stored = await self.asked.rest.rows(api, 3)
        query = f"{{ {many} {{ edges {{ node {{ {key} {name} {{ id }} }} }} }} }}"
        async with counted_statements() as sent:
            nodes = nodes_of((await data_of(api, query))[many])
        assert len(nodes) >= len(stored)
        for node in nodes:
            assert node[name] == (node[key] and {"id": node[key]})
        assert len(sent) == 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested:
    # The query for the parents, and the field of a parent with its rows.
    parents: str
    name: str
    # The field with the id of the parent, and its attribute.
    key: str
    attribute: str
    insert_parent: Callable[..., Awaitable[Any]]
    # How many rows a parent gets.
    each: int = 2

    def __str__(self) -> str:
        return f"{self.parents}.{self.name}"


class NestedTests(GraphqlTests):
    nested_cases: ClassVar[list[Nested]]

    async def test_loads_the_pages_of_all_parents_at_once(self, api: Api, nested: Nested) -> None:
        insert, key = self.asked.rest.insert, nested.key
        ids = [(await nested.insert_parent(api.db))["id"] for _ in range(2)]
        for id in ids:
            for _ in range(nested.each):
                await insert(api.db, **{nested.attribute: id})
        page = f"(first: 1) {{ edges {{ node {{ {key} }} }} pageInfo {{ hasNextPage }} }}"
        query = f"{{ {nested.parents} {{ edges {{ node {{ id {nested.name}{page} }} }} }} }}"
        async with counted_statements() as sent:
            parents = nodes_of((await data_of(api, query))[nested.parents])
        found = {parent["id"]: parent[nested.name] for parent in parents}
        for id in map(str, ids):
            assert found[id] == {
                "edges": [{"node": {key: id}}],
                "pageInfo": {"hasNextPage": nested.each > 1},
            }
        assert len(sent) == 2
