"""Where a printed value stands, and what its characters say."""
