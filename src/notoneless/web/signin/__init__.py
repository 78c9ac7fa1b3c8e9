"""Sign-in, sign-out, own password."""
