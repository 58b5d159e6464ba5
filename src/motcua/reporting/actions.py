"""What others may do to the counters: fill them from the events, and compare them with the events."""

from motcua.reporting.rebuilding import Difference, Rebuilt, check, rebuild

__all__ = ["Difference", "Rebuilt", "check", "rebuild"]
