# Copyright 2026
# All rights reserved.
from fastapi import APIRouter

from app.modules.posts.router import router as posts_router


def add_routes(api: APIRouter) -> None:
    api.include_router(posts_router)
