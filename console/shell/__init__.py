"""Main window and what frames every room."""
