"""Repeats: what staff have sent again and again."""

import sqlalchemy as sa
from alembic import op

from models.base import Fields, Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

RUNS = sa.text("state = 'running'")


def upgrade() -> None:
    op.create_table(
        "repeats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("changes_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("home_language", sa.String(length=8), nullable=False),
        sa.Column("in_groups", sa.Boolean(), nullable=False),
        sa.Column("content", Fields(), nullable=True),
        sa.Column("repetition", sa.String(length=120), nullable=True),
        sa.Column("on_holiday", sa.String(length=10), nullable=False),
        sa.Column("through_night", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("halt", sa.String(length=10), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=64), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("since", Moment(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("next_at", Moment(), nullable=True),
        sa.Column("next_day", sa.Date(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "state <> 'running' OR (content IS NOT NULL AND repetition IS NOT NULL"
            " AND since IS NOT NULL AND next_at IS NOT NULL AND next_day IS NOT NULL)",
            name="ck_repeats_runs_with_all_it_needs",
        ),
        sa.CheckConstraint(
            "changes_id IS NULL OR state NOT IN ('running', 'paused', 'done')",
            name="ck_repeats_changes_do_not_run",
        ),
        sa.ForeignKeyConstraint(["changes_id"], ["repeats.id"], name="fk_repeats_changes_id"),
        sa.PrimaryKeyConstraint("id", name="pk_repeats"),
    )
    op.create_index("ix_repeats_changes_id", "repeats", ["changes_id"])
    op.create_index(
        "ix_repeats_next_at", "repeats", ["next_at"], sqlite_where=RUNS, postgresql_where=RUNS
    )
    op.create_table(
        "repeat_occurrences",
        sa.Column("repeat_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("broadcast_id", sa.Integer(), nullable=True),
        sa.Column("noted_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'made') = (broadcast_id IS NOT NULL)",
            name="ck_repeat_occurrences_outcome",
        ),
        sa.ForeignKeyConstraint(
            ["repeat_id"], ["repeats.id"], name="fk_repeat_occurrences_repeat_id"
        ),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcasts.id"], name="fk_repeat_occurrences_broadcast_id"
        ),
        sa.PrimaryKeyConstraint("repeat_id", "day", name="pk_repeat_occurrences"),
        sa.UniqueConstraint("broadcast_id", name="uq_repeat_occurrences_broadcast_id"),
    )


def downgrade() -> None:
    op.drop_table("repeat_occurrences")
    op.drop_table("repeats")
