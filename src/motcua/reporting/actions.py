"""What others may do to the counters: fill them from the events, and compare them with the events."""

from motcua.reporting.rebuilding import Difference, Rebuilt, check, check_kept, rebuild

__all__ = ["Difference", "Rebuilt", "check", "check_kept", "rebuild"]
