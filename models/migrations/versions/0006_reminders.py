"""Collections: when, by whom and where to; reminders, and what is planned of them."""

import sqlalchemy as sa
from alembic import op

from models.base import Fields, Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "collections",
        sa.Column("area_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stream", sa.String(16), nullable=False),
        sa.Column("hours", sa.Text(), nullable=True),
        sa.Column("responsible", sa.String(60), nullable=True),
        sa.Column("phone", sa.String(40), nullable=True),
        sa.Column("destination", sa.String(120), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_collections_area_id"),
        sa.PrimaryKeyConstraint("area_id", "stream", name="pk_collections"),
    )
    op.add_column("areas", sa.Column("changes", sa.Text(), nullable=True))
    op.create_table(
        "hour_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("change", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_hour_changes_area_id"),
        sa.PrimaryKeyConstraint("id", name="pk_hour_changes"),
    )
    op.create_index("ix_hour_changes_area_id", "hour_changes", ["area_id"])
    op.create_table(
        "reminders",
        sa.Column("resident_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("wishes", sa.String(80), nullable=False),
        sa.Column("chosen_at", Moment(), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_reminders_area_id"),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.telegram_id"],
            name="fk_reminders_resident_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("resident_id", name="pk_reminders"),
    )
    op.create_index("ix_reminders_area_id", "reminders", ["area_id"])
    op.create_table(
        "reminder_occasions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("wishes", sa.String(80), nullable=False),
        sa.Column("about", sa.String(40), nullable=False),
        sa.Column("fields", Fields(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_reminder_occasions_area_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder_occasions"),
        sa.UniqueConstraint(
            "area_id", "wishes", "about", name="uq_reminder_occasions_area_id_wishes_about"
        ),
    )
    op.create_table(
        "reminder_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("planned_at", Moment(), nullable=True),
        sa.Column("is_stale", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_reminder_days"),
    )
    where = sa.text("kind = 'reminder'")
    op.create_index(
        "ix_notices_reminders", "notices", ["posted_at"], sqlite_where=where,
        postgresql_where=where,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_notices_reminders", "notices")
    op.drop_table("reminder_days")
    op.drop_table("reminder_occasions")
    op.drop_table("reminders")
    op.drop_table("hour_changes")
    op.drop_column("areas", "changes")
    op.drop_table("collections")
