"""The school calendar: its administration page, the year's notice, the printed year."""
