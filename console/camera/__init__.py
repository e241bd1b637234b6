"""A room: cameras beside the ticket: find, see, keep, account for."""
