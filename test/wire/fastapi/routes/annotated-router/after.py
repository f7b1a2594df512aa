import fastapi

from app.modules.orders.router import router as orders_router

router: fastapi.APIRouter = fastapi.APIRouter()
router.include_router(orders_router)
