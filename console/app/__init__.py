"""Composition root: builds, connects, starts and stops."""
