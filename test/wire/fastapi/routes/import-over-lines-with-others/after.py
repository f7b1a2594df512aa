from fastapi import APIRouter

from app.modules import (
    orders,
    posts,
)


def add_routes(api: APIRouter) -> None:
    api.include_router(posts.router.router)
    api.include_router(orders.router.router)
