from fastapi import APIRouter

from app.modules.posts.router import router as posts_router


def add_routes(api: APIRouter) -> None:
    v1 = APIRouter(prefix="/v1")
    v1.include_router(posts_router)
    api.include_router(v1)
