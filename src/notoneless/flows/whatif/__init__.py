"""Another plan tried on the recorded facts of a past period; nothing of it is written down."""
