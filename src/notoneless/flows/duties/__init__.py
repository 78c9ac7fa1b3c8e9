"""Plans duties from stored facts: after a roll, and every night for the whole county."""
