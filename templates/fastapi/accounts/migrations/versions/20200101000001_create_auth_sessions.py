"""create auth sessions"""

from app.db.execute import execute

revision = "20200101000001_create_auth_sessions"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute("""
        create table auth_sessions (
          id uuid primary key,
          user_id uuid not null,
          user_agent varchar(200),
          created_at timestamptz(3) not null,
          last_used_at timestamptz(3) not null,
          expires_at timestamptz(3) not null,
          revoked_at timestamptz(3),
          constraint auth_sessions_user_id_foreign foreign key (user_id) references users (id) on delete cascade
        )
    """)
    execute("create index auth_sessions_user_id_index on auth_sessions (user_id, id)")
    execute("""
        create table auth_refresh_tokens (
          token_hash varchar(43) primary key,
          session_id uuid not null,
          created_at timestamptz(3) not null,
          used_at timestamptz(3),
          constraint auth_refresh_tokens_session_id_foreign foreign key (session_id) references auth_sessions (id) on delete cascade
        )
    """)
    execute("create index auth_refresh_tokens_session_id_index on auth_refresh_tokens (session_id)")


def downgrade() -> None:
    execute("drop table auth_refresh_tokens")
    execute("drop table auth_sessions")
