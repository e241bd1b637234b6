"""A room: pictures and clips that are kept, sealed here, given to tickets, shielded, taken out."""
