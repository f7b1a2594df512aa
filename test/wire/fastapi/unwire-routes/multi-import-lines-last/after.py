from fastapi import APIRouter

from app.modules import (
    notes
)


def add_routes(api: APIRouter) -> None:
    api.include_router(notes.router.router)
