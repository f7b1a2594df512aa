from app.modules.orders.router import router as orders_router
from app.modules.posts.router import router as posts_router

ROUTERS = [
    orders_router,
    posts_router,
]
