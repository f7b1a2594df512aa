from fastapi import APIRouter

from app.modules.posts.router import router as posts_router


class Routes:
    def __init__(self) -> None:
        self.router = APIRouter()
        self.router.include_router(posts_router)
