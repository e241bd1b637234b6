"""A room: how the cameras are, now and over time."""
