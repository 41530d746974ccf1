"""Runs the bot: settings, wiring, intake, workers, sender, timetable and the playground."""
