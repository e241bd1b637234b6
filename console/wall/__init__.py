"""What a wall of pictures is made of: tiles, views, steering, the reason to look; it stands in any room."""
