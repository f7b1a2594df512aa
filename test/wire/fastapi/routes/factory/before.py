from fastapi import FastAPI

from app.modules.posts.router import router as posts_router


def create_app() -> FastAPI:
    app = FastAPI()
    app.include_router(posts_router)
    return app
