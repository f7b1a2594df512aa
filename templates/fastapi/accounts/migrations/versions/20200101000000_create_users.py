"""create users"""

from app.db.execute import execute

revision = "20200101000000_create_users"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute("""
        create table users (
          id uuid primary key,
          email varchar(254) not null,
          password_hash text not null,
          role varchar(20) not null,
          disabled_at timestamptz(3),
          created_at timestamptz(3) not null,
          updated_at timestamptz(3) not null,
          constraint users_email_unique unique (email),
          constraint users_email_check check (email = lower(email)),
          constraint users_role_check check (role in ('user', 'moderator', 'admin'))
        )
    """)
    execute("create index users_role_index on users (role, id)")


def downgrade() -> None:
    execute("drop table users")
