"""Figures: how fast the real windows are on a database of a given size."""
