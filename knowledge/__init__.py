"""What the city knows about rubbish. Pure: no clock, no database, no Telegram."""
