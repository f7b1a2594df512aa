import fastapi

router: fastapi.APIRouter = fastapi.APIRouter()
