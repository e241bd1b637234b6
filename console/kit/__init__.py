"""Shared Qt parts without domain."""
