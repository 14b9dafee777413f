"""People judge what the machine read: what to look at first, and how far two coders agree."""

from .agreement import Agreement, agreement
from .queue import Waiting, queue

__all__ = ["Agreement", "Waiting", "agreement", "queue"]
