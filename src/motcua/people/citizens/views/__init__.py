"""Pages under /me/: logging in, an account, what is known of me, for whom I act."""
