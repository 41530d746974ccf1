"""What places own of the catalogue: city rules and lessons of staff; quizzes."""

import sqlalchemy as sa
from alembic import op

from models.base import Fields, Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

PLACES = ("areas", "city_rules", "lessons")
"""Where every change makes a new edition, whoever makes it."""

NEW_EDITION = (
    "INSERT INTO editions (id, number) VALUES (1, 1) "
    "ON CONFLICT (id) DO UPDATE SET number = editions.number + 1"
)
ON_SQLITE = "CREATE TRIGGER {table}_{what}_edition AFTER {what} ON {table} BEGIN {do}; END"
FUNCTION_ON_POSTGRESQL = f"""
CREATE FUNCTION new_edition() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN {NEW_EDITION}; RETURN NULL; END $$
"""
ON_POSTGRESQL = (
    "CREATE TRIGGER {table}_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
    "EXECUTE FUNCTION new_edition()"
)


def upgrade() -> None:
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_editions"),
    )
    op.create_table(
        "city_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("group_key", sa.String(length=40), nullable=False),
        sa.Column("also", sa.String(length=400), nullable=False),
        *(
            sa.Column(name, sa.String(length=200), nullable=False)
            for name in ("reason_zh", "reason_en", "prepare_zh", "prepare_en", "source")
        ),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_city_rules_area_id"),
        sa.PrimaryKeyConstraint("id", name="pk_city_rules"),
        sa.UniqueConstraint("area_id", "since", "name", name="uq_city_rules_area_id_since_name"),
    )
    op.create_table(
        "lessons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("says", sa.String(length=10), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=True),
        sa.Column("group_key", sa.String(length=40), nullable=True),
        sa.Column("taught_by", sa.Integer(), nullable=False),
        sa.Column("taught_at", Moment(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_lessons"),
    )
    op.create_index(
        "uq_lessons_area_id_key",
        "lessons",
        ["area_id", "key"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_table(
        "quizzes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("riddles", Fields(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quizzes"),
        sa.UniqueConstraint(
            "resident_id", "day", "number", name="uq_quizzes_resident_id_day_number"
        ),
    )
    op.create_index("ix_quizzes_day", "quizzes", ["day"])
    _questions()
    if op.get_bind().dialect.name == "sqlite":
        for table in PLACES:
            for what in ("INSERT", "UPDATE", "DELETE"):
                op.execute(ON_SQLITE.format(table=table, what=what, do=NEW_EDITION))
    else:
        op.execute(FUNCTION_ON_POSTGRESQL)
        for table in PLACES:
            op.execute(ON_POSTGRESQL.format(table=table))


def _questions() -> None:
    op.drop_index("ix_questions_text", "questions")
    with op.batch_alter_table("questions") as questions:
        questions.add_column(sa.Column("key", sa.String(length=64), nullable=True))
        questions.add_column(sa.Column("area_id", sa.Integer(), nullable=True))
        questions.add_column(sa.Column("is_wrong", sa.Boolean(), nullable=True))
        questions.add_column(sa.Column("lesson_id", sa.Integer(), nullable=True))
    # How those were asked before is not known better than by their words.
    op.execute("UPDATE questions SET key = text, area_id = 0, is_wrong = false")
    with op.batch_alter_table("questions") as questions:
        questions.alter_column("key", existing_type=sa.String(length=64), nullable=False)
        questions.alter_column("area_id", existing_type=sa.Integer(), nullable=False)
        questions.alter_column("is_wrong", existing_type=sa.Boolean(), nullable=False)
        questions.create_foreign_key("fk_questions_lesson_id", "lessons", ["lesson_id"], ["id"])
    op.create_index("ix_questions_lesson_id", "questions", ["lesson_id"])
    op.create_index(
        "ix_questions_open",
        "questions",
        ["key", "area_id", "asked_by", "is_wrong"],
        sqlite_where=sa.text("lesson_id IS NULL"),
        postgresql_where=sa.text("lesson_id IS NULL"),
    )


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for what in ("INSERT", "UPDATE", "DELETE") if is_sqlite else ():
        op.execute(f"DROP TRIGGER areas_{what}_edition")
    if not is_sqlite:
        op.execute("DROP TRIGGER areas_edition ON areas")
    op.drop_index("ix_questions_open", "questions")
    op.drop_index("ix_questions_lesson_id", "questions")
    with op.batch_alter_table("questions") as questions:
        questions.drop_constraint("fk_questions_lesson_id", type_="foreignkey")
        for column in ("key", "area_id", "is_wrong", "lesson_id"):
            questions.drop_column(column)
    op.create_index("ix_questions_text", "questions", ["text"])
    for table in ("quizzes", "lessons", "city_rules", "editions"):
        op.drop_table(table)
    if not is_sqlite:
        op.execute("DROP FUNCTION new_edition")
