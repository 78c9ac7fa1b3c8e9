"""Which duties facts and policy want: who, what, about whom, by when, proven by what."""
