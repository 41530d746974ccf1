"""Reminders of pickups: planned by the tick when they are due, each once for a booking and day."""
