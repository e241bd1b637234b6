"""The directory room: what every other room looks names up in."""
