"""Who may do what below one row of a parent."""

from typing import ClassVar

from httpx import Response

from app.auth.roles import Role
from tests.accounts import authorize, caller_id, sign_in
from tests.api import Api
from tests.endpoint import NOBODY, Operation, Row, needs, send
from tests.nested import NestedTests
from tests.tokens import bad_tokens

Barred = list[tuple[Operation, Role]]


class NestedAccessTests(NestedTests):
    guarded_below_cases: ClassVar[list[Operation]] = []
    # Roles that may not do it below any parent.
    kept_below_cases: ClassVar[Barred] = []
    # Roles that may not read every parent.
    hidden_below_cases: ClassVar[Barred] = []
    # A role that reads only its own parents; whose they are is in the attribute, else their id is.
    own_below_cases: ClassVar[list[tuple[Role, str]]] = []
    # Whether the path says who owns the new row.
    is_by_owner: ClassVar[bool] = False

    async def parent_id(self, api: Api) -> str:
        return str(caller_id(api)) if self.is_by_owner else await super().parent_id(api)

    async def sent(self, api: Api) -> Row:
        return await self.body(api) if "create" in self.endpoint.operations else {}

    async def ask(self, api: Api, operation: Operation, id: object, body: Row) -> Response:
        path = self.below(id)
        return await (api.get(path) if operation == "list" else send(api, "POST", path, body))

    async def test_needs_a_valid_token_below(self, api: Api, guarded_below: Operation) -> None:
        id, body = (await self.nesting.insert_parent(api.db))["id"], await self.sent(api)
        for name, header in bad_tokens():
            authorize(api, header)
            answer = await self.ask(api, guarded_below, id, body)
            assert (name, answer.status_code) == (name, 401)

    async def test_answers_403_below(self, api: Api, kept_below: tuple[Operation, Role]) -> None:
        operation, role = kept_below
        id, body = (await self.nesting.insert_parent(api.db))["id"], await self.sent(api)
        await sign_in(api, role)
        assert (await self.ask(api, operation, id, body)).status_code == 403

    async def test_does_not_tell_a_parent_of_somebody_else_from_none(
        self, api: Api, hidden_below: tuple[Operation, Role]
    ) -> None:
        operation, role = hidden_below
        id, body = (await self.nesting.insert_parent(api.db))["id"], await self.sent(api)
        await sign_in(api, role)
        known = await self.ask(api, operation, id, body)
        unknown = await self.ask(api, operation, NOBODY, body)
        assert (known.status_code, unknown.status_code) == (404, 404)
        assert known.json()["error"] == unknown.json()["error"]

    async def test_lists_below_one_of_the_caller(
        self, api: Api, own_below: tuple[Role, str]
    ) -> None:
        role, attribute = own_below
        caller = await sign_in(api, role)
        id: object = caller.id
        if attribute:
            id = (await self.nesting.insert_parent(api.db, **{attribute: caller.id}))["id"]
        assert (await api.get(self.below(id))).status_code == 200

    @needs("create", table="is_by_owner")
    async def test_creates_nothing_for_another_user(self, api: Api) -> None:
        other = (await self.nesting.insert_parent(api.db))["id"]
        answer = await self.ask(api, "create", other, await self.sent(api))
        assert answer.status_code == 403
