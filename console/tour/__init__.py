"""A day's work in the real windows."""
