"""Every endpoint of the API, one line each."""

from fastapi import APIRouter


def add_routes(api: APIRouter) -> None:
    ...
