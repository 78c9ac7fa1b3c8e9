"""What a unit is to reach in a school year, and how far it has come."""
