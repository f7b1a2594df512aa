"""All that the tests of an endpoint share."""

from tests.documentation import DocumentationTests
from tests.endpoint import RouteTests
from tests.limits import LimitTests
from tests.lists import FilterTests, PageTests, SearchTests, SortTests
from tests.references import ParentTests
from tests.states import StateTests
from tests.table import TableTests
from tests.writes import (
    BodyTests,
    CreateTests,
    DeleteTests,
    ExtremeTests,
    FallbackTests,
    PatchTests,
    ReferenceTests,
    RefusalTests,
    ReplaceTests,
    RequiredTests,
    UniqueTests,
)


class EveryTests(
    RouteTests,
    PageTests,
    SortTests,
    FilterTests,
    SearchTests,
    StateTests,
    CreateTests,
    ReplaceTests,
    PatchTests,
    DeleteTests,
    BodyTests,
    RequiredTests,
    FallbackTests,
    ExtremeTests,
    RefusalTests,
    ReferenceTests,
    UniqueTests,
    ParentTests,
    TableTests,
    LimitTests,
    DocumentationTests,
):
    """Each endpoint has those that fit its operations and its tables of cases."""
