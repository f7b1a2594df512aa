"""An endpoint as the tests of GraphQL know it. REST says what is expected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import uuid4

import pytest

from tests.api import Api
from tests.endpoint import Endpoint, EndpointTests
from tests.graphql.ask import ask, codes_of, data_of

# The members of an enum by their values.
Members = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphqlEndpoint:
    rest: Endpoint
    # The name of the type, and of the queries for one row and for a page.
    type: str
    one: str
    many: str
    # The fields of a row, without those of relations.
    fields: str
    enums: Mapping[str, Members] = field(default_factory=dict)

    def in_graphql(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Values of REST with the members of enums in place of their values."""
        return {name: self.member_of(name, value) for name, value in row.items()}

    def member_of(self, name: str, value: Any) -> Any:
        members = self.enums.get(name)
        if members is None:
            return value
        if isinstance(value, list):
            return [members[each] for each in value]
        return members.get(value, value)


class GraphqlTests(EndpointTests):
    asked: ClassVar[GraphqlEndpoint]


class RowTests(GraphqlTests):
    async def test_answers_what_rest_answers(self, api: Api) -> None:
        asked = self.asked
        id = str((await asked.rest.insert(api.db))["id"])
        rest = (await api.get(f"{asked.rest.url}/{id}")).json()["data"]
        query = f"query ($id: ID!) {{ {asked.one}(id: $id) {{ {asked.fields} }} }}"
        assert (await data_of(api, query, id=id))[asked.one] == asked.in_graphql(rest)

    @pytest.mark.parametrize("id", [str(uuid4()), "not-an-id"])
    async def test_answers_not_found(self, api: Api, id: str) -> None:
        one = self.asked.one
        answer = await ask(api, f"query ($id: ID!) {{ {one}(id: $id) {{ id }} }}", id=id)
        assert (answer.json()["data"], codes_of(answer)) == ({one: None}, ["NOT_FOUND"])
