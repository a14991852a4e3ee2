"""What the user types: one file per group; each command opens, loads, decides, changes, shows."""
