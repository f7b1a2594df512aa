"""create identities"""

from app.db.execute import execute

revision = "20200101000006_create_identities"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute("alter table users alter column password_hash drop not null")
    execute("""
        create table identities (
          id uuid primary key,
          user_id uuid not null,
          provider varchar(30) not null,
          issuer varchar(500) not null,
          subject varchar(255) not null,
          email varchar(254),
          created_at timestamptz(3) not null,
          last_used_at timestamptz(3),
          constraint identities_issuer_subject_unique unique (issuer, subject),
          constraint identities_user_id_foreign foreign key (user_id) references users (id) on delete cascade
        )
    """)
    execute("create index identities_user_id_index on identities (user_id, id)")
    execute("""
        create table oidc_attempts (
          state_hash varchar(43) primary key,
          browser_hash varchar(43),
          provider varchar(30) not null,
          challenge varchar(43) not null,
          user_id uuid,
          created_at timestamptz(3) not null,
          expires_at timestamptz(3) not null,
          constraint oidc_attempts_user_id_foreign foreign key (user_id) references users (id) on delete cascade
        )
    """)
    execute("create index oidc_attempts_user_id_index on oidc_attempts (user_id)")
    execute("create index oidc_attempts_expires_at_index on oidc_attempts (expires_at)")
    execute("""
        create table oidc_codes (
          code_hash varchar(43) primary key,
          challenge varchar(43) not null,
          provider varchar(30) not null,
          issuer varchar(500) not null,
          subject varchar(255) not null,
          email varchar(254),
          user_id uuid,
          created_at timestamptz(3) not null,
          expires_at timestamptz(3) not null,
          constraint oidc_codes_user_id_foreign foreign key (user_id) references users (id) on delete cascade
        )
    """)
    execute("create index oidc_codes_user_id_index on oidc_codes (user_id)")
    execute("create index oidc_codes_expires_at_index on oidc_codes (expires_at)")


def downgrade() -> None:
    execute("drop table oidc_codes")
    execute("drop table oidc_attempts")
    execute("drop table identities")
    # Users without a password get the hash of one that nobody knows.
    execute("""
        update users set password_hash = '$argon2id$v=19$m=19456,t=2,p=1$'
          || rtrim(encode(uuid_send(gen_random_uuid()), 'base64'), '=') || '$'
          || rtrim(encode(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), 'base64'), '=')
        where password_hash is null
    """)
    execute("alter table users alter column password_hash set not null")
