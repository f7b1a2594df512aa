from fastapi import APIRouter

from app.modules import (
    posts,
)


def add_routes(api: APIRouter) -> None:
    api.include_router(posts.router.router)
