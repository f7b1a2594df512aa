"""Every endpoint of the API, one line each."""

import logging

import fastapi

import app.config
from app.modules.posts.router import router as posts_router


def add_routes(api: fastapi.APIRouter) -> None:
    api.include_router(posts_router)
