"""create idempotency keys"""

from app.db.execute import execute

revision = "20200101000002_create_idempotency_keys"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute("""
        create table idempotency_keys (
          scope text primary key,
          request text not null,
          result json not null,
          created_at timestamptz(3) not null default now()
        )
    """)
    execute("create index idempotency_keys_created_at_index on idempotency_keys (created_at)")


def downgrade() -> None:
    execute("drop table idempotency_keys")
