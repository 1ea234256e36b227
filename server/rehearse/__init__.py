"""A rehearsal: a copy of a room, and players in it that behave like people."""
