"""People judge what the machine read: what to look at first, and how far two coders agree."""

from .agreement import Agreement, agreement
from .queue import Waiting, Whole, queue

__all__ = ["Agreement", "Waiting", "Whole", "agreement", "queue"]
