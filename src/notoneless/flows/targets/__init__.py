"""Targets of a place: its figures, the children behind them."""
