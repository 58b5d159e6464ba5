"""One after another: whoever holds a word keeps everybody else who asks for it waiting."""

from motcua.core.sql import execute


def hold(*words: object) -> None:
    """Hold these words until the transaction ends, after whoever holds them now. Call it in a transaction."""
    execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (" ".join(map(str, words)),))
