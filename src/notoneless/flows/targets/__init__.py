"""What a unit is to reach, how far it is, and the headcount that it is counted from."""
