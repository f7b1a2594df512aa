from __future__ import annotations

from fastapi import APIRouter


def add_routes(api: APIRouter) -> None:
    """Mounts every endpoint."""
