"""The past: any filter over all years, its figures, its tickets, and a file of them."""
