from fastapi import APIRouter

from app.modules.orders.router import router as orders_router
from app.modules.posts.router import router as posts_router
from app.modules.tags.router import router as tags_router

ROUTERS = [posts_router, tags_router, orders_router]
