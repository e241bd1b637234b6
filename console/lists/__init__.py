"""What every list of tickets is made of, in the queue, at the desks and in the history."""
