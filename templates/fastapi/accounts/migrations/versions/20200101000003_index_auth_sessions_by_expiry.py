"""index auth sessions by expiry"""

from app.db.execute import execute

revision = "20200101000003_index_auth_sessions_by_expiry"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute("create index auth_sessions_expires_at_index on auth_sessions (expires_at)")


def downgrade() -> None:
    execute("drop index auth_sessions_expires_at_index")
