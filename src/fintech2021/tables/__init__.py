"""One module per dataset: its record model, its enums and its cross-row rules."""
