"""What plays a stream: no camera, no ticket, no window; addresses in, pictures out."""
