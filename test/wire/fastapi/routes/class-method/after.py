from fastapi import APIRouter

from app.modules.orders.router import router as orders_router
from app.modules.posts.router import router as posts_router


class Routes:
    def __init__(self) -> None:
        self.router = APIRouter()
        self.router.include_router(posts_router)
        self.router.include_router(orders_router)
