"""Every endpoint of the API, one line each."""

from fastapi import APIRouter

from app.modules.posts.router import router as posts_router


def add_routes(api: APIRouter) -> None:
    match mode:
        case "a":
            api.include_router(posts_router)
        case _:
            pass
