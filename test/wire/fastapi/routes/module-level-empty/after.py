from fastapi import APIRouter

from app.modules.orders.router import router as orders_router

router = APIRouter(prefix="/api")
router.include_router(orders_router)
