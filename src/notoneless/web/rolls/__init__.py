"""The roll on a phone: today's classes, the sheet, lessons, gaps, paper, a child's year."""
