"""Versions of the API that stand side by side, and what answers of old ones say."""

import json
import re
from typing import Any

import pytest

from app.about import BASE_PATH
from app.db.database import Database
from app.http.api_versions import OLD_VERSIONS, OldVersion, base_path_of
from app.http.deprecation import deprecation_of
from tests.api import Api, start_api
from tests.document import read_paths

pytestmark = pytest.mark.anyio

SUCCESSOR = f'<{BASE_PATH}>; rel="successor-version"'

old_versions = pytest.mark.parametrize("version", OLD_VERSIONS, ids=lambda each: each.name)


def told(version: OldVersion, link: str = SUCCESSOR) -> dict[str, str]:
    """The headers of every answer of an old version, by their names in lower case."""
    headers = {**deprecation_of(version), "Link": link}
    return {name.lower(): value for name, value in headers.items()}


@old_versions
@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("GET", "/nowhere", {}, 404),
        ("POST", "/nowhere", {"content": "a=1"}, 415),
        ("POST", "/nowhere", {"json": {"data": "x" * 200_000}}, 413),
    ],
)
async def test_every_answer_of_an_old_version_says_so(
    api: Api, version: OldVersion, method: str, path: str, options: dict[str, Any], status: int
) -> None:
    answer = await api.request(method, version.base_path + path, **options)
    assert answer.status_code == status
    assert told(version).items() <= dict(answer.headers).items()
    newest = await api.request(method, BASE_PATH + path, **options)
    assert newest.status_code == status
    assert not told(version).keys() & newest.headers.keys()


@old_versions
async def test_a_fault_of_ours_says_so_too(
    api: Api, version: OldVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.http.api.read_json", None)
    answer = await api.get(f"{version.base_path}/nowhere")
    assert answer.status_code == 500
    assert told(version).items() <= dict(answer.headers).items()


@old_versions
@pytest.mark.parametrize(("trusted", "prefix"), [("loopback", "/shop"), ("10.0.0.0/8", "")])
async def test_the_link_has_the_prefix_of_a_trusted_proxy(
    db: Database, version: OldVersion, trusted: str, prefix: str
) -> None:
    async with start_api(db, trust_proxy=trusted) as api:
        headers = {"X-Forwarded-Prefix": "/shop"}
        answer = await api.get(f"{version.base_path}/nowhere", headers=headers)
    assert answer.headers["link"] == f'<{prefix}{BASE_PATH}>; rel="successor-version"'


@old_versions
async def test_pages_of_other_origins_may_read_it(db: Database, version: OldVersion) -> None:
    origin = "https://app.example.com"
    async with start_api(db, cors_origins=origin) as api:
        answer = await api.get(f"{version.base_path}/nowhere", headers={"Origin": origin})
    exposed = answer.headers["access-control-expose-headers"].lower().split(",")
    assert set(told(version)) <= set(exposed)


@old_versions
async def test_the_log_names_the_routes_of_the_version(
    db: Database, version: OldVersion, capfd: pytest.CaptureFixture[str]
) -> None:
    async with start_api(db, log_level="info") as api:
        paths = [version.base_path + each for each in read_paths(api) if "{" not in each]
        for path in paths:
            await api.get(path)
    entries = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    routes = [each["route"] for each in entries if each["msg"] == "request"]
    assert [route.startswith(f"{version.base_path}/") for route in routes] == [True] * len(paths)


@old_versions
async def test_an_old_version_has_a_document_of_its_own(api: Api, version: OldVersion) -> None:
    document = (await api.get(f"/openapi/{version.name}.json")).json()
    assert document["servers"] == [{"url": f"..{version.base_path}"}]
    newest = (await api.get("/openapi.json")).json()
    assert places_of(document) == places_of(newest)
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert operation["deprecated"] is True, (method, path)
            for answer in operation["responses"].values():
                assert set(told(version)) <= {name.lower() for name in answer["headers"]}
    assert '"deprecated":true' not in json.dumps(newest, separators=(",", ":"))


def places_of(document: dict[str, Any]) -> set[str]:
    """The paths, whatever their parameters are called."""
    return {re.sub(r"\{\w+\}", "{}", path) for path in document["paths"]}


async def test_the_page_offers_every_version(api: Api) -> None:
    page, script = (await api.get("/docs")).text, (await api.get("/docs/start.js")).text
    for version in OLD_VERSIONS:
        assert f'name="version" value="{version.name}"' in page
        assert json.dumps(version.base_path) in script


@pytest.mark.parametrize(
    ("path", "base_path"),
    [
        *((each.base_path, each.base_path) for each in OLD_VERSIONS),
        *((f"{each.base_path}/posts", each.base_path) for each in OLD_VERSIONS),
        *((f"{each.base_path.upper()}/posts", each.base_path) for each in OLD_VERSIONS),
        (f"{BASE_PATH}/posts", BASE_PATH),
        ("/health", BASE_PATH),
    ],
)
def test_a_path_belongs_to_one_version(path: str, base_path: str) -> None:
    assert base_path_of(path) == base_path
