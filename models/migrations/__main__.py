"""`python -m models.migrations`: bring the database in GREENBIN_MIGRATE up to date."""

import os

from models import migrations

migrations.upgrade(os.environ["GREENBIN_MIGRATE"])  # not an argument: it may hold a password
