"""Attendance as arithmetic: what a day was for a child, how long it has been away, what is open.

Sessions, reasons      ``sessions``
A day from sessions    ``days.day_mark``
Runs of absence        ``runs.runs_of``, ``runs.away_for``
Two phones, one class  ``forms.judge``
Leave and its proof    ``leave``
Term start, 名在人不在  ``starts``
Counts for returns     ``counts``
"""

from __future__ import annotations
