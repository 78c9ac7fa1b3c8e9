"""How the units somebody looks after stand: today, this period, and one beside the other."""
