"""A Typer app of one verb with one string argument: the least that a question can cost."""

import typer

app = typer.Typer()


@app.command()
def show(name: str) -> None:
    """Says what it was told."""
    print(name)


if __name__ == "__main__":
    app()
