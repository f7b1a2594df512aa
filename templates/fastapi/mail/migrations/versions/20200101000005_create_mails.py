"""create mails"""

from app.db.execute import execute

revision = "20200101000005_create_mails"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute("alter table users add column email_verified_at timestamptz(3)")
    execute("""
        create table mails (
          id uuid primary key,
          kind varchar(40) not null,
          address varchar(254) not null,
          data jsonb not null,
          attempts integer not null,
          due_at timestamptz(3) not null,
          created_at timestamptz(3) not null
        )
    """)
    execute("create index mails_due_at_index on mails (due_at)")
    execute("""
        create table registrations (
          id uuid primary key,
          email varchar(254) not null,
          password_hash text not null,
          profile jsonb not null,
          created_at timestamptz(3) not null,
          expires_at timestamptz(3) not null
        )
    """)
    execute("create index registrations_email_index on registrations (email)")
    execute("create index registrations_expires_at_index on registrations (expires_at)")
    execute("""
        create table email_tokens (
          token_hash varchar(43) primary key,
          purpose varchar(20) not null,
          address varchar(254) not null,
          user_id uuid,
          registration_id uuid,
          role varchar(20),
          created_at timestamptz(3) not null,
          expires_at timestamptz(3) not null,
          constraint email_tokens_user_id_foreign foreign key (user_id) references users (id) on delete cascade,
          constraint email_tokens_registration_id_foreign foreign key (registration_id) references registrations (id) on delete cascade
        )
    """)
    execute("create index email_tokens_address_index on email_tokens (address)")
    execute("create index email_tokens_user_id_index on email_tokens (user_id)")
    execute("create index email_tokens_registration_id_index on email_tokens (registration_id)")
    execute("create index email_tokens_expires_at_index on email_tokens (expires_at)")


def downgrade() -> None:
    execute("drop table email_tokens")
    execute("drop table registrations")
    execute("drop table mails")
    execute("alter table users drop column email_verified_at")
