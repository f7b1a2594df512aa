from app.modules.posts.router import router as posts_router
from app.modules.tags.router import router as tags_router

routers = (
    posts_router,
    tags_router,
)
