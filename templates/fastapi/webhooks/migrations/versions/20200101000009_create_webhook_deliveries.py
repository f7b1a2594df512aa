"""create webhook deliveries"""

from app.db.execute import execute

revision = "20200101000009_create_webhook_deliveries"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute("""
        create table webhook_deliveries (
          id varchar(43) primary key,
          expires_at timestamptz(3) not null
        )
    """)
    execute("create index webhook_deliveries_expires_at_index on webhook_deliveries (expires_at)")


def downgrade() -> None:
    execute("drop table webhook_deliveries")
