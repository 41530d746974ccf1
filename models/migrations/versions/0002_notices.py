"""Notices, the lease of their sender, and the steps that people are in."""

import sqlalchemy as sa
from alembic import op

from models.base import Fields, Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.BigInteger().with_variant(sa.INTEGER(), "sqlite"), nullable=False),
        sa.Column("to", sa.BigInteger(), nullable=False),
        sa.Column("about", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("fields", Fields(), nullable=False),
        sa.Column("posted_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("claim", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("to", "about", name="uq_notices_to_about"),
    )
    for name, columns, where in (
        ("ix_notices_open", ["state", "due_at", "id"], "settled_at IS NULL"),
        ("ix_notices_until", ["until"], "settled_at IS NULL AND until IS NOT NULL"),
    ):
        op.create_index(
            name, "notices", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.String(40), nullable=False),
        sa.Column("renewed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.create_table(
        "steps",
        sa.Column("resident_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("fields", Fields(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("resident_id", name="pk_steps"),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.telegram_id"],
            name="fk_steps_resident_id",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    op.drop_table("steps")
    op.drop_table("leases")
    op.drop_table("notices")
