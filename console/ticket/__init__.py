"""The ticket room: queue, desks, intake and page."""
