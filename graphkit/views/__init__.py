"""How answers look: on a terminal, as rows, as JSON, as graphs for other programs."""
