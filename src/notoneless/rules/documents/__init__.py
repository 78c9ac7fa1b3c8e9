"""Papers: their kinds, what each must hold, and how it is laid out, as plain values."""
