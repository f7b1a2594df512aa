"""Every endpoint of the API, one line each."""

from fastapi import APIRouter

from app.modules.posts.router import router as posts_router


def add_routes(api: APIRouter) -> None:
    for router, prefix in [(posts_router, "/posts")]:
        api.include_router(router, prefix=prefix)
