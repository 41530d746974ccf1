"""When each stream is collected, by whom, and where it goes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
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


def downgrade() -> None:
    op.drop_table("collections")
