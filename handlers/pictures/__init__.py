"""Pictures and pages, made and read: bytes in, bytes out, without Telegram and database.

Each takes its time (5 ms to a second) and holds nothing: call it in a thread.
"""
