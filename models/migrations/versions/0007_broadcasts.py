"""Broadcasts, and the groups that the bot is in."""

import sqlalchemy as sa
from alembic import op

from models.base import Fields, Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OPEN = sa.text("settled_at IS NULL")


def upgrade() -> None:
    op.add_column(
        "notices", sa.Column("broadcast_id", sa.Integer(), server_default="0", nullable=False)
    )
    _index_open("state", "broadcast_id", "due_at", "id")
    op.create_table(
        "tallies",
        sa.Column("broadcast_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("broadcast_id", "state", name="pk_tallies"),
    )
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("home_language", sa.String(length=8), nullable=False),
        sa.Column("in_groups", sa.Boolean(), nullable=False),
        sa.Column("content", Fields(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("starts_at", Moment(), nullable=True),
        sa.Column("through_night", sa.Boolean(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("planned_at", Moment(), nullable=True),
        sa.Column("begun_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("panel_id", sa.BigInteger(), nullable=True),
        sa.Column("shown_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
    )
    op.create_table(
        "groups",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=128), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("linked_by", sa.Integer(), nullable=True),
        sa.Column("joined_at", Moment(), nullable=False),
        sa.Column("left_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_groups_area_id"),
        sa.PrimaryKeyConstraint("chat_id", name="pk_groups"),
    )
    op.create_index("ix_groups_area_id", "groups", ["area_id"])
    op.create_index(
        "ix_broadcasts_open", "broadcasts", ["state"],
        sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL"),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("groups")
    op.drop_table("broadcasts")
    op.drop_table("tallies")
    _index_open("state", "due_at", "id")
    op.drop_column("notices", "broadcast_id")


def _index_open(*columns: str) -> None:
    op.drop_index("ix_notices_open", "notices")
    op.create_index(
        "ix_notices_open", "notices", [*columns], sqlite_where=OPEN, postgresql_where=OPEN
    )
