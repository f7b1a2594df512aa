"""An endpoint, as the tests that all endpoints share know it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import pytest
from httpx import Response

from app.db.database import Base, Database
from app.http.model import Model
from tests.api import Api

Operation = Literal["list", "get", "create", "replace", "update", "delete"]
Row = dict[str, Any]

NOBODY = "00000000-0000-7000-8000-000000000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    url: str
    model: type[Base]
    row: type[Model]
    operations: tuple[Operation, ...]
    pagination: Literal["cursor", "offset"]
    # Stores a row, a different one at each call, and returns it by the attributes of the model.
    insert: Callable[..., Awaitable[Row]]
    # What a caller sends to create such a row.
    body: Callable[[Database], Awaitable[Row]]
    # How many rows with different values there can be, where fields allow only a few.
    most: int = 5

    async def rows(self, api: Api, wanted: int) -> list[Row]:
        """New rows, as many as there can be different ones but no more than `most`."""
        return [await self.insert(api.db) for _ in range(min(wanted, self.most))]

    async def path(self, api: Api) -> str:
        """That of a new row."""
        return f"{self.url}/{(await self.insert(api.db))['id']}"


class EndpointTests:
    """A test with an argument `sort` runs for each of `sort_cases`, where the class has some."""

    endpoint: ClassVar[Endpoint]

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        for name in metafunc.fixturenames:
            cases = getattr(self, f"{name}_cases", None)
            if cases is not None:
                metafunc.parametrize(name, cases, ids=_name_of)


def _name_of(case: object) -> str:
    """Rows of tables are called by what stands in front."""
    if isinstance(case, tuple) and type(case).__str__ is tuple.__str__:
        return " ".join(str(each) for each in case[:2])
    return str(case)


async def send(api: Api, method: str, path: str, data: object) -> Response:
    return await api.request(method, path, json={"data": data})


class RouteTests(EndpointTests):
    @pytest.mark.parametrize("id", [NOBODY, "not-an-id"])
    async def test_answers_404(self, api: Api, id: str) -> None:
        path = f"{self.endpoint.url}/{id}"
        body = await self.endpoint.body(api.db)
        requests = {
            "get": ("GET", None),
            "replace": ("PUT", body),
            "update": ("PATCH", {}),
            "delete": ("DELETE", None),
        }
        for operation in self.endpoint.operations:
            if operation in requests:
                method, data = requests[operation]
                answer = await (
                    api.request(method, path) if data is None else send(api, method, path, data)
                )
                assert (operation, answer.status_code) == (operation, 404)

    async def test_answers_405_with_the_methods_that_there_are(self, api: Api) -> None:
        url, operations = self.endpoint.url, self.endpoint.operations
        collection = {"GET": "list", "POST": "create", "DELETE": None}
        member = {"GET": "get", "PUT": "replace", "PATCH": "update", "DELETE": "delete"}
        for path, methods in [(url, collection), (f"{url}/1", {**member, "POST": None})]:
            there = [method for method, operation in methods.items() if operation in operations]
            allowed = ", ".join(there).replace("GET", "GET, HEAD")
            for method in methods.keys() - there if there else ():
                answer = await api.request(method, path)
                found = (method, answer.status_code, answer.headers.get("allow"))
                assert found == (method, 405, allowed)
