"""Every endpoint of the API, one line each."""

from fastapi import APIRouter

from app.modules.posts.router import router as posts_router
from app.modules.tags.router import router as tags_router


def add_routes(api: APIRouter) -> None:
    for router in [posts_router, tags_router]:
        api.include_router(router)
