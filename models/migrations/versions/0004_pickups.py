"""Pickups: rules of areas, bookings, drafts, and what staff decide about days."""

import sqlalchemy as sa
from alembic import op

from models.base import Listed, Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("areas", sa.Column("pickups", sa.Text(), nullable=True))
    op.add_column("stations", sa.Column("takes", sa.String(length=60), nullable=True))
    op.create_table(
        "pickups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("free", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=True),
        sa.Column("lift", sa.Boolean(), nullable=True),
        sa.Column("place", sa.String(length=60), nullable=True),
        sa.Column("notes", sa.String(length=200), nullable=True),
        sa.Column("photos", Listed(), nullable=False),
        sa.Column("has_details", sa.Boolean(), nullable=False),
        sa.Column("booked_by", sa.Integer(), nullable=False),
        sa.Column("booked_at", Moment(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=16), nullable=True),
        sa.Column("why_words", sa.String(length=200), nullable=True),
        sa.Column("closing_photo", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_pickups_area_id"),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name="fk_pickups_household_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pickups"),
    )
    op.create_index("ix_pickups_household_id", "pickups", ["household_id"])
    op.create_index("ix_pickups_area_id_day", "pickups", ["area_id", "day"])
    op.create_index("ix_pickups_day_state", "pickups", ["day", "state"])
    op.create_index(
        "uq_pickups_household_id_day",
        "pickups",
        ["household_id", "day"],
        unique=True,
        sqlite_where=sa.text("state = 'booked'"),
        postgresql_where=sa.text("state = 'booked'"),
    )
    op.create_table(
        "pickup_items",
        sa.Column("pickup_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=True),
        sa.Column("words", sa.String(length=40), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pickup_id"], ["pickups.id"], name="fk_pickup_items_pickup_id"),
        sa.PrimaryKeyConstraint("pickup_id", "number", name="pk_pickup_items"),
    )
    op.create_table(
        "pickup_changes",
        sa.Column("pickup_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("was", sa.String(length=12), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("day_before", sa.Date(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["pickup_id"], ["pickups.id"], name="fk_pickup_changes_pickup_id"),
        sa.PrimaryKeyConstraint("pickup_id", "revision", name="pk_pickup_changes"),
    )
    op.create_table(
        "pickup_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("pickup_id", sa.Integer(), nullable=True),
        sa.Column("pickup_revision", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("things", Listed(), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=True),
        sa.Column("lift", sa.Boolean(), nullable=True),
        sa.Column("place", sa.String(length=60), nullable=True),
        sa.Column("notes", sa.String(length=200), nullable=True),
        sa.Column("photos", Listed(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("held_until", Moment(), nullable=True),
        sa.Column("homes", sa.Integer(), nullable=False),
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("touched_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_pickup_drafts_area_id"),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name="fk_pickup_drafts_household_id"
        ),
        sa.ForeignKeyConstraint(["pickup_id"], ["pickups.id"], name="fk_pickup_drafts_pickup_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pickup_drafts"),
        sa.UniqueConstraint("actor_id", name="uq_pickup_drafts_actor_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pickup_drafts_household_id", "pickup_drafts", ["household_id"])
    op.create_index("ix_pickup_drafts_pickup_id", "pickup_drafts", ["pickup_id"])
    op.create_index("ix_pickup_drafts_area_id_day", "pickup_drafts", ["area_id", "day"])
    op.create_table(
        "pickup_slots",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("items", sa.Integer(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_pickup_slots_area_id"),
        sa.PrimaryKeyConstraint("area_id", "day", name="pk_pickup_slots"),
    )


def downgrade() -> None:
    for table in (
        "pickup_slots", "pickup_drafts", "pickup_changes", "pickup_items", "pickups",
    ):  # fmt: skip
        op.drop_table(table)
    with op.batch_alter_table("stations") as batch:
        batch.drop_column("takes")
    with op.batch_alter_table("areas") as batch:
        batch.drop_column("pickups")
