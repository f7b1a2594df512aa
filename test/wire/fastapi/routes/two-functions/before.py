from fastapi import APIRouter

from app.modules.posts.router import router as posts_router
from app.modules.tags.router import router as tags_router


def public(api: APIRouter) -> None:
    api.include_router(posts_router)


def private(api: APIRouter) -> None:
    api.include_router(tags_router)
