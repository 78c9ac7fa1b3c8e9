"""The only writers of units, people, posts and calendars."""
