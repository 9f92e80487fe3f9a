"""``python -m graphkit`` is the same as ``graphkit``."""

from graphkit.cli import main

if __name__ == "__main__":
    main()
