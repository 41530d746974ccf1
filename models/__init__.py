"""What the bot remembers, and the rules for changing it."""

from models.base import Base, Refusal, Session
from models.database import Database

__all__ = ["Base", "Database", "Refusal", "Session"]
