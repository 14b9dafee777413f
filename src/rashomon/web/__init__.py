"""The page and its API: what the ledger holds, for a browser on this machine."""

from .app import create_app

__all__ = ["create_app"]
