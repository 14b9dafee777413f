"""The command line. Importing it must stay quick: what a command needs is imported when it runs."""

from .main import main

__all__ = ["main"]
