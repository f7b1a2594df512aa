from fastapi import FastAPI

from app.modules.orders.router import router as orders_router
from app.modules.posts.router import router as posts_router


def create_app() -> FastAPI:
    app = FastAPI()
    app.include_router(posts_router)
    app.include_router(orders_router)
    return app
