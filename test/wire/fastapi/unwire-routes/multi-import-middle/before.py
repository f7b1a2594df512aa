from fastapi import APIRouter

from app.modules import orders, posts, tags


def add_routes(api: APIRouter) -> None:
    api.include_router(orders.router.router)
    api.include_router(posts.router.router)
    api.include_router(tags.router.router)
