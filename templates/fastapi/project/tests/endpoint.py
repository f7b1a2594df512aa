"""An endpoint, as the tests that all endpoints share know it."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from inspect import signature
from typing import Any, ClassVar, Literal, TypeVar

import pytest
from httpx import Response

from app.db.database import Base, Database
from app.http.model import Model
from tests.api import Api
from tests.document import undocumented

Operation = Literal["list", "get", "create", "replace", "update", "delete"]
Pagination = Literal["cursor", "offset"]
Row = dict[str, Any]
Test = TypeVar("Test", bound=Callable[..., Any])

NOBODY = "00000000-0000-7000-8000-000000000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    url: str
    model: type[Base]
    row: type[Model]
    operations: tuple[Operation, ...]
    pagination: Pagination
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


def bare(operation: Operation, url: str, id: object) -> tuple[str, str]:
    """The method and the path of a request for an operation."""
    match operation:
        case "list":
            return "GET", url
        case "create":
            return "POST", url
        case "get":
            return "GET", f"{url}/{id}"
        case "delete":
            return "DELETE", f"{url}/{id}"
    return METHODS[operation], f"{url}/{id}"


METHODS: dict[Operation, str] = {"create": "POST", "replace": "PUT", "update": "PATCH"}


_NEEDS: dict[Callable[..., Any], Callable[[type["EndpointTests"]], bool]] = {}


def needs(
    *operations: Operation, table: str = "", pagination: Pagination | None = None
) -> Callable[[Test], Test]:
    """Of an endpoint without these operations, or without that table, it is no test."""

    def holds(tests: type[EndpointTests]) -> bool:
        endpoint = tests.endpoint
        has_table = table == "" or bool(getattr(tests, table))
        is_paged_so = pagination in (None, endpoint.pagination)
        return has_table and is_paged_so and set(operations) <= set(endpoint.operations)

    def mark(test: Test) -> Test:
        _NEEDS[test] = holds
        return test

    return mark


class EndpointTests:
    """What an endpoint promises. A subclass has the endpoint, and tables of what only it knows.

    A test with an argument `sort` runs for each of `sort_cases`. Where there are none, it is no
    test of that endpoint.
    """

    endpoint: ClassVar[Endpoint]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name in dir(cls) if hasattr(cls, "endpoint") else ():
            test = getattr(cls, name) if name.startswith("test_") else None
            if test is None:
                continue
            holds = _NEEDS.get(test)
            tables = [cls.cases_of(argument) for argument in signature(test).parameters]
            if [] in tables or (holds and not holds(cls)):
                setattr(cls, name, None)

    @classmethod
    def cases_of(cls, argument: str) -> list[Any] | None:
        """The cases of a test with such an argument; None where it is no table."""
        match argument:
            case "operation":
                return list(cls.endpoint.operations)
            case "write":
                return [each for each in cls.endpoint.operations if each in METHODS]
            case "whole":
                return [each for each in cls.endpoint.operations if each in ("create", "replace")]
        cases: list[Any] | None = getattr(cls, f"{argument}_cases", None)
        return cases

    @pytest.fixture(autouse=True)
    def documents_every_answer(self, api: Api) -> Iterator[None]:
        yield
        assert undocumented(api) == []

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        for name in metafunc.fixturenames:
            cases = self.cases_of(name)
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
