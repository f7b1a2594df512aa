"""Every endpoint of the API, one line each."""

import app.modules.posts.router
from fastapi import APIRouter


def add_routes(api: APIRouter) -> None:
    api.include_router(app.modules.posts.router.router)
