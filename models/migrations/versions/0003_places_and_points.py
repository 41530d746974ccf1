"""Areas, households, roles, stations, shifts, drop-offs and the points ledger."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APPEND_ONLY_SQLITE = """
CREATE TRIGGER transfers_no_{what} BEFORE {what} ON transfers
BEGIN SELECT RAISE(ABORT, 'transfers are only ever added'); END
"""
APPEND_ONLY_POSTGRESQL = """
CREATE FUNCTION transfers_are_only_added() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'transfers are only ever added'; END $$
"""


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "CASE WHEN kind IN ('issued', 'owed') THEN balance <= 0 ELSE balance >= 0 END",
            name="ck_accounts_sign",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("kind", "owner_id", name="uq_accounts_kind_owner_id"),
    )
    op.create_table(
        "actors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_actors"),
        sa.UniqueConstraint("resident_id", name="uq_actors_resident_id"),
    )
    op.create_table(
        "areas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("scheme", sa.String(length=20), nullable=True),
        sa.Column("windows", sa.Text(), nullable=True),
        sa.Column("tariff", sa.Text(), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["areas.id"], name="fk_areas_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_areas"),
        sa.UniqueConstraint("code", name="uq_areas_code"),
    )
    op.create_index("ix_areas_parent_id", "areas", ["parent_id"])
    op.create_index("ix_areas_path", "areas", ["path"])
    op.create_table(
        "code_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_code_keys"),
    )
    op.create_table(
        "grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.BigInteger(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=True),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=False),
        sa.Column("granted_at", Moment(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_grants_area_id"),
        sa.PrimaryKeyConstraint("id", name="pk_grants"),
    )
    op.create_index("ix_grants_resident_id", "grants", ["resident_id"])
    op.create_table(
        "households",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("building", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_households_area_id"),
        sa.PrimaryKeyConstraint("id", name="pk_households"),
    )
    op.create_index(
        "uq_households_address",
        "households",
        ["area_id", "building", "unit", "room"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "invitations",
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=40), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("used_by", sa.Integer(), nullable=True),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_invitations_area_id"),
        sa.PrimaryKeyConstraint("token", name="pk_invitations"),
    )
    op.create_table(
        "stations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("responsible", sa.String(length=60), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("destination", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_stations_area_id"),
        sa.PrimaryKeyConstraint("id", name="pk_stations"),
        sa.UniqueConstraint("code", name="uq_stations_code"),
        sa.UniqueConstraint("token", name="uq_stations_token"),
    )
    op.create_index("ix_stations_area_id", "stations", ["area_id"])
    op.create_table(
        "cards",
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name="fk_cards_household_id"),
        sa.PrimaryKeyConstraint("token", name="pk_cards"),
        sa.UniqueConstraint("number", name="uq_cards_number"),
    )
    op.create_index(
        "uq_cards_household_id",
        "cards",
        ["household_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "join_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("is_adult", sa.Boolean(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name="fk_join_requests_household_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_join_requests"),
    )
    op.create_index("ix_join_requests_household_id", "join_requests", ["household_id"])
    op.create_index("ix_join_requests_resident_id", "join_requests", ["resident_id"])
    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("is_adult", sa.Boolean(), nullable=False),
        sa.Column("agreed_at", Moment(), nullable=False),
        sa.Column("joined_at", Moment(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("ended", sa.String(length=8), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name="fk_memberships_household_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_memberships"),
    )
    op.create_index("ix_memberships_household_id", "memberships", ["household_id"])
    op.create_index(
        "uq_memberships_resident_id",
        "memberships",
        ["resident_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "shifts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.Column("began_at", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("ended", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name="fk_shifts_station_id"),
        sa.PrimaryKeyConstraint("id", name="pk_shifts"),
    )
    op.create_index("ix_shifts_actor_id_id", "shifts", ["actor_id", "id"])
    op.create_index("ix_shifts_station_id_until", "shifts", ["station_id", "until"])
    op.create_index(
        "uq_shifts_actor_id",
        "shifts",
        ["actor_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "slips",
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name="fk_slips_household_id"),
        sa.PrimaryKeyConstraint("token", name="pk_slips"),
    )
    op.create_table(
        "drop_offs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("entered_later", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.Column("quality", sa.String(length=8), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("frozen", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("photo", sa.String(length=200), nullable=True),
        sa.Column("voided_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_drop_offs_area_id"),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name="fk_drop_offs_household_id"
        ),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name="fk_drop_offs_shift_id"),
        sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name="fk_drop_offs_station_id"),
        sa.PrimaryKeyConstraint("id", name="pk_drop_offs"),
    )
    op.create_index("ix_drop_offs_shift_id", "drop_offs", ["shift_id"])
    op.create_index("ix_drop_offs_volunteer_id_day", "drop_offs", ["volunteer_id", "day"])
    op.create_index(
        "uq_drop_offs_window",
        "drop_offs",
        ["household_id", "day", "window"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL"),
    )
    op.create_table(
        "drop_off_changes",
        sa.Column("drop_off_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("quality", sa.String(length=8), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["drop_off_id"], ["drop_offs.id"], name="fk_drop_off_changes_drop_off_id"
        ),
        sa.PrimaryKeyConstraint("drop_off_id", "revision", name="pk_drop_off_changes"),
    )
    op.create_table(
        "drop_off_mistakes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drop_off_id", sa.Integer(), nullable=False),
        sa.Column("stream", sa.String(length=20), nullable=True),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("belongs", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["drop_off_id"], ["drop_offs.id"], name="fk_drop_off_mistakes_drop_off_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_drop_off_mistakes"),
    )
    op.create_index("ix_drop_off_mistakes_drop_off_id", "drop_off_mistakes", ["drop_off_id"])
    op.create_table(
        "drop_off_parts",
        sa.Column("drop_off_id", sa.Integer(), nullable=False),
        sa.Column("stream", sa.String(length=20), nullable=False),
        sa.Column("grams", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["drop_off_id"], ["drop_offs.id"], name="fk_drop_off_parts_drop_off_id"
        ),
        sa.PrimaryKeyConstraint("drop_off_id", "stream", name="pk_drop_off_parts"),
    )
    op.create_table(
        "transfers",
        sa.Column("id", sa.BigInteger().with_variant(sa.INTEGER(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("debit_id", sa.Integer(), nullable=False),
        sa.Column("credit_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("drop_off_id", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column(
            "reverses_id", sa.BigInteger().with_variant(sa.INTEGER(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint("debit_id <> credit_id", name="ck_transfers_two_accounts"),
        sa.CheckConstraint("points > 0", name="ck_transfers_points"),
        sa.ForeignKeyConstraint(["credit_id"], ["accounts.id"], name="fk_transfers_credit_id"),
        sa.ForeignKeyConstraint(["debit_id"], ["accounts.id"], name="fk_transfers_debit_id"),
        sa.ForeignKeyConstraint(
            ["drop_off_id"], ["drop_offs.id"], name="fk_transfers_drop_off_id"
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["transfers.id"], name="fk_transfers_reverses_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_transfers"),
        sa.UniqueConstraint("key", name="uq_transfers_key"),
    )
    op.create_index("ix_transfers_credit_id_id", "transfers", ["credit_id", "id"])
    op.create_index("ix_transfers_debit_id_id", "transfers", ["debit_id", "id"])
    op.create_index("ix_transfers_drop_off_id", "transfers", ["drop_off_id"])
    op.create_table(
        "looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name="fk_looks_household_id"),
        sa.PrimaryKeyConstraint("id", name="pk_looks"),
    )
    op.create_index("ix_looks_household_id", "looks", ["household_id"])
    op.create_table(
        "settlements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=8), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name="fk_settlements_household_id"
        ),
        sa.ForeignKeyConstraint(["to_id"], ["households.id"], name="fk_settlements_to_id"),
        sa.PrimaryKeyConstraint("id", name="pk_settlements"),
    )
    op.create_index("ix_settlements_household_id", "settlements", ["household_id"])
    if op.get_bind().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(APPEND_ONLY_SQLITE.format(what=what))
    else:
        op.execute(APPEND_ONLY_POSTGRESQL)
        op.execute(
            "CREATE TRIGGER transfers_are_only_added BEFORE UPDATE OR DELETE OR TRUNCATE "
            "ON transfers EXECUTE FUNCTION transfers_are_only_added()"
        )


def downgrade() -> None:
    for table in (
        "settlements",
        "looks",
        "transfers",
        "drop_off_parts",
        "drop_off_mistakes",
        "drop_off_changes",
        "drop_offs",
        "slips",
        "shifts",
        "memberships",
        "join_requests",
        "cards",
        "stations",
        "invitations",
        "households",
        "grants",
        "code_keys",
        "areas",
        "actors",
        "accounts",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION transfers_are_only_added")
