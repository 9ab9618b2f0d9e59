"""What a record model is written in: its base, its columns, its rules."""
