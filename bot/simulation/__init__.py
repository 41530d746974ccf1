"""A month of an estate, played through the real path while the clock jumps from event to event."""
