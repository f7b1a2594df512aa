from collections.abc import Callable
from typing import Any

import pytest
from graphql import build_schema, parse

from app.graphql.documents import Documents, Refused
from app.graphql.limits import excess_of, excess_of_text

SCHEMA = build_schema("""
  type Query { post: Post posts(first: Int, last: Int, limit: Int): PostConnection! }
  type PostConnection { edges: [PostEdge!]! pageInfo: PageInfo! }
  type PageInfo { endCursor: String }
  type PostEdge { node: Post! }
  type Post { id: ID! author: Post posts(first: Int): PostConnection! }
""")


def excess(document: str, **variables: Any) -> str | None:
    error = excess_of(SCHEMA, parse(document), variables)
    return None if error is None else error.message


def repeat(count: int, text: Callable[[int], str]) -> str:
    return " ".join(text(index) for index in range(count))


def page(size: str, inside: str = "id") -> str:
    return f"posts({size}) {{ edges {{ node {{ {inside} }} }} }}"


INSIDE = page("first: 30")


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (f"{{ {'post { author { ' * 7} id {'} } ' * 7} }}", "Too deep: 15"),
        (
            f"{{ post {{ ...A }} }} fragment A on Post {{ {'author { ' * 6} ...B {'} ' * 6} }}"
            f" fragment B on Post {{ {'author { ' * 6} id {'} ' * 6} }}",
            "Too deep: 14",
        ),
        (f"{{ {page('first: 50', INSIDE)} }}", "Too many objects: 1601"),
        (f"{{ {page('last: 50', INSIDE)} }}", "Too many objects"),
        (f"{{ {page('limit: 50', INSIDE)} }}", "Too many objects"),
        (f"{{ {page('first: -1', INSIDE)} }}", "Too many objects"),
        (f"{{ {page('first: ' + '9' * 5000, INSIDE)} }}", "Too many objects"),
        (
            "{ posts(first: 100) { ...A } }"
            " fragment A on PostConnection { edges { node { posts(first: 20) { ...B } } } }"
            " fragment B on PostConnection { edges { node { id } } }",
            "Too many objects",
        ),
        (f"{{ post {{ {repeat(31, lambda index: f'a{index}: id')} }} }}", "Too many aliases: 31"),
        (f"{{ post {{ {repeat(32, lambda _: 'id')} }} }}", "Too many aliases: 31"),
        (
            f"{{ {repeat(16, lambda index: f'...F{index}')} }} "
            + repeat(
                16,
                lambda index: (
                    f"fragment F{index} on Query {{ post {{ id }} posts {{ __typename }} }}"
                ),
            ),
            "Too many root fields: 32",
        ),
        (
            "{ a: __schema { description } ...A }"
            ' fragment A on Query { ...B b: __type(name: "A") { name } }'
            ' fragment B on Query { __type(name: "B") { name } __schema { description } }',
            "Too many introspections: 4",
        ),
        (
            "{ __schema { types { a: name b: fields { c: name } } } }",
            "Too many introspections: 4",
        ),
    ],
)
def test_refuses_too_much(document: str, message: str) -> None:
    assert message in (excess(document) or "")


@pytest.mark.parametrize(
    ("text", "variables", "message"),
    [
        (f"{{ id }} #{' ' * 100_000}", {}, "Too long: 100008 characters"),
        ("{ id }", {str(index): 1 for index in range(101)}, "Too many variables: 101"),
    ],
)
def test_refuses_too_much_before_it_is_parsed(
    text: str, variables: dict[str, Any], message: str
) -> None:
    error = excess_of_text(text, variables)
    assert error is not None
    assert message in error.message


def test_refuses_what_variables_make_too_much_and_their_defaults() -> None:
    size = "first: $size"
    document = f"query ($size: Int = 50) {{ {page(size, page(size))} }}"
    assert "Too many objects" in (excess(document) or "")
    assert excess(document, size=10) is None
    assert "Too many objects" in (excess(document, size=-10) or "")
    assert "Too many objects" in (excess(document, size="all") or "")


@pytest.mark.parametrize(
    "document",
    [
        f"{{ {page('first: 20', page('first: 20'))} }}",
        f"{{ {page('first: 100')} }}",
        f"{{ __schema {{ {'types { fields { ' * 10} name {'} } ' * 10} }} }}",
        "{ ...A } fragment A on Query { ...A }",
        "{ post { ...F0 } } "
        + repeat(60, lambda at: f"fragment F{at} on Post {{ ...F{at + 1} ...F{at + 1} }}")
        + " fragment F60 on Post { id }",
    ],
    ids=["a page of pages", "the largest page", "introspection", "a circle", "a bomb"],
)
def test_allows(document: str) -> None:
    assert excess(document) is None


def test_measures_a_document_that_it_knows_with_the_variables_of_each_request() -> None:
    documents = Documents(SCHEMA, is_closed=False)
    size = "first: $first"
    text = f"query ($first: Int) {{ {page(size, page(size))} }}"
    known = documents.read(text, {"first": 2})
    with pytest.raises(Refused):
        documents.read(text, {"first": 100})
    assert documents.read(text, {"first": 3}) is known
