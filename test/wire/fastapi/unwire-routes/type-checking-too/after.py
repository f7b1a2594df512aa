from typing import TYPE_CHECKING

from fastapi import APIRouter

if TYPE_CHECKING:
    from app.modules.posts.router import router as posts_router


def add_routes(api: APIRouter) -> None:
    api.include_router(APIRouter())
