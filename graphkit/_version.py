"""The version of graphkit, read by the build and by ``graphkit --version``."""

__version__ = "0.1.0"
