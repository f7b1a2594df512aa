"""Routes.

    api.include_router(x)

"""
from fastapi import APIRouter


def add_routes(api: APIRouter) -> None:
    '''Mounts.'''
