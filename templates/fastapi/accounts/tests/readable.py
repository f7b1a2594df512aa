"""A row refers only to rows that its writer may read."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar
from uuid import uuid4

from app.auth.roles import Role
from tests.access import AccessTests
from tests.accounts import sign_in, sign_out
from tests.api import Api
from tests.endpoint import Row, send
from tests.rows import fields_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """`role` cannot read every row that the field may refer to."""

    field: str
    role: Role
    insert: Callable[..., Awaitable[Row]]
    # Every field that is refused then, where there are more.
    refused: tuple[str, ...] = ()
    # Makes a row that the caller can read, and answers its id.
    own: Callable[[Api], Awaitable[object]] | None = None
    # Whether no token is needed to create a row without such a reference.
    is_open: bool = False


class ReadableTests(AccessTests):
    created_with_cases: ClassVar[list[Readable]] = []

    async def test_creates_nothing_with_what_its_caller_may_not_read(
        self, api: Api, created_with: Readable
    ) -> None:
        case, url = created_with, self.endpoint.url
        other = str((await case.insert(api.db))["id"])
        await sign_in(api, case.role)
        body = await self.body(api)
        known = await send(api, "POST", url, {**body, case.field: other})
        assert known.status_code == 422
        assert fields_of(known) == sorted(case.refused or (case.field,))
        unknown = await send(api, "POST", url, {**body, case.field: str(uuid4())})
        assert known.json()["error"] == unknown.json()["error"]
        if case.own is not None:
            own = str(await case.own(api))
            assert (await send(api, "POST", url, {**body, case.field: own})).status_code == 201
        if case.is_open:
            sign_out(api)
            answer = await send(api, "POST", url, {**body, case.field: other})
            assert answer.status_code == 401


class ReadableChangeTests(AccessTests):
    changed_to_cases: ClassVar[list[Readable]] = []

    async def test_changes_nothing_to_what_its_caller_may_not_read(
        self, api: Api, changed_to: Readable
    ) -> None:
        case = changed_to
        other = str((await case.insert(api.db))["id"])
        caller = await sign_in(api, case.role)
        owned = {self.owner_attribute: caller.id} if self.owner_attribute else {}
        path = f"{self.endpoint.url}/{(await self.endpoint.insert(api.db, **owned))['id']}"
        if "update" in self.endpoint.operations:
            known = await send(api, "PATCH", path, {case.field: other})
            assert known.status_code == 422
            assert fields_of(known) == [case.field]
            unknown = await send(api, "PATCH", path, {case.field: str(uuid4())})
            assert known.json()["error"] == unknown.json()["error"]
        if "replace" in self.endpoint.operations:
            body = {**await self.endpoint.body(api.db), case.field: other}
            replaced = await send(api, "PUT", path, body)
            assert replaced.status_code == 422
            assert case.field in fields_of(replaced)
