"""Cases: messages to the staff and problems at stations, who reported them and what was said."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OPEN = sa.text("closed_at IS NULL")
ALIKE = sa.text("closed_at IS NULL AND kind <> 'other' AND NOT is_reopened")
DETAILS = sa.text("has_details")
ALBUM = sa.text("album IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("is_reopened", sa.Boolean(), nullable=False),
        sa.Column("has_details", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(closed_at IS NOT NULL) = (state IN ('solved', 'dismissed'))", name="ck_cases_closed"
        ),
        sa.CheckConstraint("kind <> 'message' OR station_id IS NULL", name="ck_cases_message"),
        sa.CheckConstraint("state <> 'under_way' OR owner IS NOT NULL", name="ck_cases_owner"),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_cases_area_id"),
        sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name="fk_cases_station_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
    )
    op.create_index(
        "uq_cases_station_id_kind_day", "cases", ["station_id", "kind", "day"], unique=True,
        sqlite_where=ALIKE, postgresql_where=ALIKE,
    )  # fmt: skip
    op.create_index(
        "ix_cases_open", "cases", ["area_id", "opened_at"], sqlite_where=OPEN,
        postgresql_where=OPEN,
    )  # fmt: skip
    op.create_index(
        "ix_cases_details", "cases", ["closed_at"], sqlite_where=DETAILS, postgresql_where=DETAILS
    )
    op.create_table(
        "case_reporters",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_reporters_case_id"),
        sa.PrimaryKeyConstraint("case_id", "actor_id", name="pk_case_reporters"),
    )
    op.create_index("ix_case_reporters_actor_id_at", "case_reporters", ["actor_id", "at"])
    op.create_table(
        "case_entries",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=10), nullable=False),
        sa.Column("was", sa.String(length=10), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("filed", sa.String(length=8), nullable=True),
        sa.Column("file_id", sa.String(length=200), nullable=True),
        sa.Column("album", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_entries_case_id"),
        sa.PrimaryKeyConstraint("case_id", "number", name="pk_case_entries"),
    )
    op.create_index(
        "ix_case_entries_album", "case_entries", ["album"], sqlite_where=ALBUM,
        postgresql_where=ALBUM,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("case_entries")
    op.drop_table("case_reporters")
    op.drop_table("cases")
