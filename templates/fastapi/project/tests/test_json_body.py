"""JSON as it is written: nothing that JSON does not have, and nothing lost without a trace."""

from typing import Any

import pytest

from app.http.errors import ApiError
from app.http.json_body import Repeated, RoundedFloat, RoundedInt, is_deeper, parse_json


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{}", {}),
        (
            '{"a": [1, 1.0, 1e2, -0.5, true, null, "é"]}',
            {"a": [1, 1.0, 100.0, -0.5, True, None, "é"]},
        ),
        ("\ufeff[]", []),
    ],
)
def test_reads(text: str, value: Any) -> None:
    assert parse_json(text.encode()) == value


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"NaN", b"[Infinity]", b"{'a': 1}", b"[1,]", b'"\xff"', b"[" * 100_000],
)
def test_refuses_with_400(body: bytes) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_json(body)
    assert (refusal.value.status_code, refusal.value.code) == (400, "BAD_REQUEST")


def test_refuses_with_422_what_is_nested_too_deeply() -> None:
    deep = b"[" * 50_000 + b"]" * 50_000
    with pytest.raises(ApiError) as refusal:
        parse_json(b'{"data": {"title": "x", "meta": ' + deep + b"}}")
    assert refusal.value.status_code == 422
    assert refusal.value.details == [{"field": "meta", "message": "Nested too deeply"}]


def test_remembers_names_that_come_more_than_once() -> None:
    value = parse_json(b'{"a": 1, "b": {"c": 1, "c": 2, "d": 3}, "a": 2}')
    assert isinstance(value, Repeated)
    assert value.names == ["a"]
    assert value["b"].names == ["c"]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("1", int),
        ("9007199254740992", int),
        ("9007199254740993", RoundedInt),
        ("1000000000000000000000", int),
        ("1" * 200, RoundedFloat),
        ("0.1", float),
        ("1.50", float),
        ("0.12345678901234567890", RoundedFloat),
        ("1e999", RoundedFloat),
        ("-0", RoundedInt),
        ("-0.0", RoundedFloat),
        ("0.0", float),
    ],
)
def test_remembers_what_a_double_would_round(number: str, kind: type) -> None:
    assert type(parse_json(number.encode())) is kind


@pytest.mark.parametrize(("levels", "is_deep"), [(3, False), (2, False), (1, True)])
def test_counts_levels(levels: int, *, is_deep: bool) -> None:
    assert is_deeper({"a": [{}]}, levels) is is_deep
