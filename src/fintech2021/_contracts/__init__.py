"""What a table has to keep, and holding a frame against it."""
