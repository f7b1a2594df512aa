"""All that the tests of access share."""

from tests.access import GuardedTests, OpenTests, OwnerTests, OwnListTests
from tests.readable import ReadableChangeTests, ReadableTests


class EveryAccessTests(
    GuardedTests,
    OpenTests,
    OwnListTests,
    OwnerTests,
    ReadableTests,
    ReadableChangeTests,
):
    """Each endpoint has those that fit its rules."""
