from fastapi import APIRouter

from app.modules.posts.router import router as posts_router
from app.modules.tags.router import router as tags_router

ROUTERS = [
    posts_router,  # content
    tags_router,  # labels
]

def add_routes(api: APIRouter) -> None:
    for router in ROUTERS:
        api.include_router(router)
