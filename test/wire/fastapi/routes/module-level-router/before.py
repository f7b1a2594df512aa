from fastapi import APIRouter

from app.modules.posts.router import router as posts_router

router = APIRouter(prefix="/api")
router.include_router(posts_router)
