"""The streams of the queue, in a process of their own: who watches (`hub`), what the database says (`watching`), and
how it goes out (`streams`, an ASGI application)."""
