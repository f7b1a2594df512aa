from fastapi import APIRouter

first = APIRouter()
second = APIRouter()
