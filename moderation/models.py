"""The tables of the staff app: staff, their sessions, the log. Nothing here leads to anybody who uses the service."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Staff(Model):
    """Whoever may sign in, or once could.

    `name` is whatever the operator chose to show; `name_key` makes it unique however it is typed. `phrase_hash` is
    Argon2id and empty until set up; `totp` is sealed; `totp_step` is the last one used, so that no code works twice.
    Of the set-up code only a hash is kept, until it is used or `setup_until` has passed.
    """

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=60)
    name_key = fields.CharField(max_length=120, unique=True)
    roles = fields.CharField(max_length=200, description="role codes with a space between")
    phrase_hash = fields.CharField(max_length=200, default="", db_default="")
    totp = fields.BinaryField(null=True)
    totp_step = fields.BigIntField(default=0, db_default=0)
    setup_hash = fields.BinaryField(null=True)
    setup_until = fields.DatetimeField(null=True)
    demo = fields.BooleanField(default=False, db_default=False)
    added_on = fields.DateField()
    ended_on = fields.DateField(null=True)

    class Meta(Model.Meta):
        table = "staff"


class Session(Model):
    """A live sign-in.

    `id` is the SHA-256 of the random token in the cookie. When it was last used stands in the cookie, sealed.
    """

    id = fields.CharField(max_length=64, primary_key=True)
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "moderation.Staff", related_name="sessions", db_index=True
    )
    began = fields.DatetimeField(db_index=True)

    staff_id: int

    class Meta(Model.Meta):
        table = "session"


class Log(Model):
    """Append-only, every line chained to the one before it.

    `at` is text because the chain covers these very characters, on both engines.
    """

    id = fields.BigIntField(primary_key=True, generated=False)
    at = fields.CharField(max_length=32)
    staff_id = fields.IntField()
    name = fields.CharField(max_length=60)
    role = fields.CharField(max_length=40)
    act = fields.CharField(max_length=40, db_index=True)
    kind = fields.CharField(max_length=40)
    object_id = fields.CharField(max_length=64, db_index=True)
    details = fields.TextField(default="", db_default="")
    hash = fields.CharField(max_length=64)

    class Meta(Model.Meta):
        table = "log"


# For the rotation of keys: table, column, purpose.
SEALED = (("staff", "totp", "totp"),)

# After every migration, because Tortoise's rebuild of a SQLite table loses its triggers (fault M2).
AFTER_MIGRATE: dict[str, tuple[str, ...]] = {
    "sqlite": (
        # also against INSERT OR REPLACE, whose hidden delete fires no trigger
        "CREATE TRIGGER IF NOT EXISTS log_only_grows BEFORE INSERT ON log "
        "WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM log) "
        "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
        "CREATE TRIGGER IF NOT EXISTS log_is_never_changed BEFORE UPDATE ON log "
        "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
        "CREATE TRIGGER IF NOT EXISTS log_is_never_shortened BEFORE DELETE ON log "
        "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
    ),
    "postgres": (
        "CREATE OR REPLACE FUNCTION log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$",
        "CREATE OR REPLACE TRIGGER log_is_never_changed BEFORE UPDATE OR DELETE ON log "
        "FOR EACH ROW EXECUTE FUNCTION log_is_append_only()",
        "CREATE OR REPLACE TRIGGER log_is_never_emptied BEFORE TRUNCATE ON log "
        "FOR EACH STATEMENT EXECUTE FUNCTION log_is_append_only()",
    ),
}
