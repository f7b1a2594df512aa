"""Every endpoint of the API, one line each."""

from fastapi import APIRouter

from app.modules import posts, tags


def add_routes(api: APIRouter) -> None:
    api.include_router(posts.router.router)
    api.include_router(tags.router.router)
