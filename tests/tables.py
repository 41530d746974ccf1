"""Tables as tests write them: CSV in a string."""

import csv
from io import StringIO

from models.imports import Table


def table(text: str, name: str = "file.csv") -> Table:
    """The table that such a CSV is; cells are stripped, so that columns may be aligned."""
    header, *rows = csv.reader(StringIO(text.strip()), skipinitialspace=True)
    header = [cell.strip() for cell in header]
    cells = [dict(zip(header, (c.strip() for c in row), strict=True)) for row in rows]
    return Table(name, tuple(header), list(enumerate(cells, start=2)))
