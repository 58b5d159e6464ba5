"""Reads of the queue: when a number is given (`opening`), how a hall stands (`hall`), one's own ticket (`mine`)."""
