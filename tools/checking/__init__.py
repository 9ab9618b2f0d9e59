"""What is published is held against what was published."""
