"""Mutations: what is wrong with their input stands in the payload."""

from typing import Any, ClassVar

from tests.api import Api
from tests.graphql.ask import ask, codes_of, data_of
from tests.graphql.endpoint import GraphqlTests
from tests.rows import as_text

PROBLEMS = "errors { field code }"


class Creates(GraphqlTests):
    async def create(self, api: Api, body: dict[str, Any], key: str | None = None) -> Any:
        name = f"create{self.asked.type}"
        query = f"""mutation ($input: Create{self.asked.type}Input!, $key: String) {{
          {name}(input: $input, idempotencyKey: $key) {{ {self.asked.one} {{ id }} {PROBLEMS} }}
        }}"""
        return (await data_of(api, query, input=self.asked.in_graphql(body), key=key))[name]


class CreateTests(Creates):
    async def test_creates_a_row_once_for_each_idempotency_key(self, api: Api) -> None:
        body = await self.asked.rest.body(api.db)
        first = await self.create(api, body, "key-1")
        assert first["errors"] == []
        assert first[self.asked.one]["id"]
        assert await self.create(api, body, "key-1") == first

    async def test_refuses_a_key_that_no_header_could_hold(self, api: Api) -> None:
        refused = await self.create(api, await self.asked.rest.body(api.db), "with space")
        assert refused["errors"] == [{"field": "idempotencyKey", "code": "VALIDATION_ERROR"}]


class WrongInputTests(Creates):
    # A field, and a value that only its schema refuses.
    wrong_cases: ClassVar[list[tuple[str, Any]]]

    async def test_answers_what_is_wrong(self, api: Api, wrong: tuple[str, Any]) -> None:
        field, value = wrong
        body = {**await self.asked.rest.body(api.db), field: value}
        errors = [{"field": field, "code": "VALIDATION_ERROR"}]
        assert await self.create(api, body) == {self.asked.one: None, "errors": errors}


class UpdateTests(GraphqlTests):
    async def test_changes_a_state_once(self, api: Api) -> None:
        row, one = await self.asked.rest.insert(api.db), self.asked.one
        seen = {"id": str(row["id"]), "seen": as_text(row["updated_at"])}
        query = f"""mutation ($id: ID!, $seen: DateTime) {{
          done: update{self.asked.type}(id: $id, input: {{}}, ifUpdatedAt: $seen) {{
            {one} {{ id }} {PROBLEMS}
          }}
        }}"""
        first = (await data_of(api, query, **seen))["done"]
        assert first == {one: {"id": seen["id"]}, "errors": []}
        errors = [{"field": "ifUpdatedAt", "code": "PRECONDITION_FAILED"}]
        assert (await data_of(api, query, **seen))["done"] == {one: None, "errors": errors}


class RemoveTests(GraphqlTests):
    async def test_removes_the_state_that_was_seen(self, api: Api) -> None:
        row = await self.asked.rest.insert(api.db)
        id, seen = str(row["id"]), as_text(row["updated_at"])
        query = f"""mutation ($id: ID!, $seen: DateTime) {{
          done: delete{self.asked.type}(id: $id, ifUpdatedAt: $seen) {{ deletedId {PROBLEMS} }}
        }}"""
        other = await data_of(api, query, id=id, seen="2020-01-01T00:00:00Z")
        errors = [{"field": "ifUpdatedAt", "code": "PRECONDITION_FAILED"}]
        assert other["done"] == {"deletedId": None, "errors": errors}
        removed = await data_of(api, query, id=id, seen=seen)
        assert removed["done"] == {"deletedId": id, "errors": []}
        assert codes_of(await ask(api, query, id=id)) == ["NOT_FOUND"]
