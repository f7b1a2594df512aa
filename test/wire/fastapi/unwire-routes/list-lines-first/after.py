from app.modules.posts.router import router as posts_router

ROUTERS = [
    posts_router,
]
