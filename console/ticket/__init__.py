"""The ticket room: queue, intake and page."""
