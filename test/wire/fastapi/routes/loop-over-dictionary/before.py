from fastapi import APIRouter

from app.modules.posts.router import router as posts_router

ROUTERS = {"/posts": posts_router}

def add_routes(api: APIRouter) -> None:
    for prefix, router in ROUTERS.items():
        api.include_router(router, prefix=prefix)
