from argon2 import PasswordHasher

from app.auth.passwords import Passwords

# Hashes that cost next to nothing, since the tests make hundreds.
QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
QUICK_PASSWORDS = Passwords(QUICK_HASHER)
