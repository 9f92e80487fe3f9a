"""What is wrong with a vault, and what was meant."""
