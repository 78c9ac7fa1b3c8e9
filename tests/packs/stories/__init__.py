"""One story a system: its own clocks, counts, targets and consequences, on the line and past it.

`make packs` plays them and prints a line for each system.
"""
