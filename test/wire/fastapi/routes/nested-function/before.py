from fastapi import APIRouter

from app.modules.posts.router import router as posts_router


def outer():
    def inner(api):
        api.include_router(posts_router)

    return inner
