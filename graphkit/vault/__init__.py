"""From bytes to notes and links: what a vault says, before anything is stored."""
