"""City rules: where an area sorts otherwise than the catalogue, from which day on.

They hold in the area and in all that lies in it, unless an area there has rules of its own.
"""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.tables import Row
from models.base import Base


class CityRule(Base):
    """A row of a city's file, as it was written."""

    __tablename__ = "city_rules"
    __table_args__ = (UniqueConstraint("area_id", "since", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    since: Mapped[date]
    name: Mapped[str] = mapped_column(String(60))
    group_key: Mapped[str] = mapped_column(String(40))
    also: Mapped[str] = mapped_column(String(400))
    reason_zh: Mapped[str] = mapped_column(String(200))
    reason_en: Mapped[str] = mapped_column(String(200))
    prepare_zh: Mapped[str] = mapped_column(String(200))
    prepare_en: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(200))

    @property
    def row(self) -> Row:
        """As `knowledge.cities` reads it."""
        said = {column: getattr(self, attribute) for column, attribute in COLUMNS.items()}
        return Row("", self.id or 0, {"from": self.since.isoformat(), **said})


COLUMNS = {
    "name": "name",
    "group": "group_key",
    "also": "also",
    "reason_zh": "reason_zh",
    "reason_en": "reason_en",
    "prepare_zh": "prepare_zh",
    "prepare_en": "prepare_en",
    "source": "source",
}
"""What a rule says besides its day: as its file calls it, and where it is kept."""
