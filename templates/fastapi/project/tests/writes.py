"""What every endpoint promises that takes bodies."""

from typing import Any, ClassVar
from uuid import uuid4

import pytest
from httpx import Response
from sqlalchemy import select

from tests.api import Api
from tests.endpoint import METHODS, EndpointTests, Operation, Row, needs, send
from tests.rows import fields_of, in_json, without


class WriteTests(EndpointTests):
    @property
    def first(self) -> Operation:
        """The first of the operations with a body."""
        return next(each for each in self.endpoint.operations if each in METHODS)

    async def write(self, api: Api, operation: Operation, data: object) -> Response:
        """Sends it as it is: to change a row, one is stored first."""
        is_new = operation == "create"
        path = self.endpoint.url if is_new else await self.endpoint.path(api)
        return await send(api, METHODS[operation], path, data)

    async def write_with(self, api: Api, /, **values: object) -> Response:
        """The other values are those of a sample."""
        body = {**await self.endpoint.body(api.db), **values}
        return await self.write(api, self.first, body)


class BodyTests(WriteTests):
    server_set: ClassVar[list[str]] = []

    @pytest.mark.parametrize("body", [{"name": "bare"}, [], {"data": 1}, {"data": {}, "more": 1}])
    async def test_answers_400_for_other_envelopes(
        self, api: Api, body: object, write: Operation
    ) -> None:
        path = self.endpoint.url if write == "create" else await self.endpoint.path(api)
        answer = await api.request(METHODS[write], path, json=body)
        assert answer.status_code == 400
        assert answer.json()["error"]["code"] == "BAD_REQUEST"

    async def test_refuses_what_the_server_sets(self, api: Api, write: Operation) -> None:
        names = ["id", "createdAt", "updatedAt", "role", *self.server_set]
        body = {**await self.endpoint.body(api.db), **dict.fromkeys(names, "x")}
        answer = await self.write(api, write, body)
        assert answer.status_code == 422
        assert fields_of(answer) == sorted(names)


class RequiredTests(WriteTests):
    required: ClassVar[list[str]] = []

    @needs(table="required")
    async def test_names_every_missing_field_at_once(self, api: Api, whole: Operation) -> None:
        answer = await self.write(api, whole, {})
        assert answer.status_code == 422
        assert fields_of(answer) == sorted(self.required)


class FallbackTests(WriteTests):
    fallbacks: ClassVar[dict[str, Any]] = {}

    @needs(table="fallbacks")
    async def test_fills_in_what_is_left_out(self, api: Api, whole: Operation) -> None:
        body = without(await self.endpoint.body(api.db), *self.fallbacks)
        answer = await self.write(api, whole, body)
        assert answer.status_code < 300, answer.text
        assert self.fallbacks.items() <= answer.json()["data"].items()


class ExtremeTests(WriteTests):
    extreme_cases: ClassVar[list[tuple[str, str, Any]]] = []

    async def test_takes(self, api: Api, extreme: tuple[str, str, Any]) -> None:
        field, _, value = extreme
        answer = await self.write_with(api, **{field: value})
        assert answer.status_code < 300, answer.text


class RefusalTests(WriteTests):
    wrong_cases: ClassVar[list[tuple[str, str, Any]]] = []

    async def test_refuses(self, api: Api, wrong: tuple[str, str, Any]) -> None:
        field, _, value = wrong
        answer = await self.write_with(api, **{field: value})
        assert answer.status_code == 422
        assert fields_of(answer) == [field]
        # By the schema, so that it says why: the constraints of the table are the last resort.
        assert "Outside the allowed range" not in answer.text

    async def test_answers_integers_beyond_64_bits(self, api: Api) -> None:
        for field in {name for name, *_ in self.wrong_cases}:
            for number in (2**64, -(10**21)):
                answer = await self.write_with(api, **{field: number})
                assert (field, answer.status_code) in [(field, 422), (field, 200), (field, 201)]


class ReferenceTests(WriteTests):
    reference_cases: ClassVar[list[str]] = []

    async def test_refuses_references_to_nothing(self, api: Api, reference: str) -> None:
        answer = await self.write_with(api, **{reference: str(uuid4())})
        assert answer.status_code == 422
        assert fields_of(answer) == [reference]


class UniqueTests(WriteTests):
    unique_cases: ClassVar[list[tuple[str, str]]] = []

    async def test_answers_409_where_a_value_is_taken(
        self, api: Api, unique: tuple[str, str], write: Operation
    ) -> None:
        field, attribute = unique
        taken = await self.endpoint.insert(api.db)
        body = await self.endpoint.body(api.db)
        value = taken[attribute]
        sent = value if isinstance(value, str | int | float) else str(value)
        answer = await self.write(api, write, {**body, field: sent})
        assert answer.status_code == 409
        assert fields_of(answer) == [field]


class SecretTests(WriteTests):
    secret_cases: ClassVar[list[tuple[str, Any]]] = []

    def visible(self, body: Row) -> Row:
        """What an answer repeats of a body."""
        return without(body, *(field for field, _ in self.secret_cases))

    async def test_neither_answers_nor_repeats_a_secret(
        self, api: Api, secret: tuple[str, Any]
    ) -> None:
        field, wrong = secret
        made = await self.write_with(api)
        assert field not in made.json()["data"]
        refused = await self.write_with(api, **{field: wrong})
        (detail,) = refused.json()["error"]["details"]
        assert (detail["field"], "value" in detail) == (field, False)


class CreateTests(SecretTests):
    @needs("create")
    async def test_answers_the_new_row_and_where_it_is(self, api: Api) -> None:
        body = await self.endpoint.body(api.db)
        answer = await send(api, "POST", self.endpoint.url, body)
        assert answer.status_code == 201, answer.text
        row = answer.json()["data"]
        assert self.visible(body).items() <= row.items()
        assert answer.headers["location"] == f"{self.endpoint.url}/{row['id']}"
        if "get" in self.endpoint.operations:
            read = await api.get(answer.headers["location"])
            assert read.json()["data"] == row
            assert read.headers["etag"] == answer.headers["etag"]

    @needs("create")
    async def test_does_the_same_request_with_the_same_key_once(self, api: Api) -> None:
        url, body = self.endpoint.url, await self.endpoint.body(api.db)
        headers = {"Idempotency-Key": "key-1"}
        first = await api.post(url, json={"data": body}, headers=headers)
        again = await api.post(url, json={"data": body}, headers=headers)
        assert (first.status_code, again.status_code) == (201, 201)
        assert again.json()["data"] == first.json()["data"]
        assert again.headers["location"] == first.headers["location"]
        async with api.db.connect() as connection:
            stored = await connection.scalars(select(self.endpoint.model.__table__.c.id))
        assert [str(id) for id in stored] == [first.json()["data"]["id"]]
        other = await self.endpoint.body(api.db)
        answer = await api.post(url, json={"data": other}, headers=headers)
        assert answer.status_code == (201 if other == body else 422)


class ReplaceTests(SecretTests):
    @needs("replace")
    async def test_answers_the_row_as_it_is_now(self, api: Api) -> None:
        stored = await self.endpoint.insert(api.db)
        body = await self.endpoint.body(api.db)
        answer = await send(api, "PUT", f"{self.endpoint.url}/{stored['id']}", body)
        assert answer.status_code == 200, answer.text
        assert self.visible(body).items() <= answer.json()["data"].items()


class PatchTests(WriteTests):
    patched_cases: ClassVar[list[tuple[str, str]]] = []

    @needs("update")
    async def test_changes_one_field_and_nothing_else(
        self, api: Api, patched: tuple[str, str]
    ) -> None:
        field, attribute = patched
        stored = await self.endpoint.insert(api.db)
        value = (await self.endpoint.body(api.db))[field]
        answer = await send(api, "PATCH", f"{self.endpoint.url}/{stored['id']}", {field: value})
        assert answer.status_code == 200, answer.text
        row, before = self.endpoint.row, in_json(self.endpoint.row, stored)
        expected = {**before, **({field: value} if attribute in row.model_fields else {})}
        changed = answer.json()["data"]
        assert without(changed, "updatedAt") == without(expected, "updatedAt")
        assert changed["updatedAt"] > before["updatedAt"]


class DeleteTests(EndpointTests):
    @needs("delete")
    async def test_removes_the_row(self, api: Api) -> None:
        path = await self.endpoint.path(api)
        answer = await api.delete(path)
        assert (answer.status_code, answer.content) == (204, b"")
        assert (await api.delete(path)).status_code == 404
