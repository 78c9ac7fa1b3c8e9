"""What has to be done: in-tray, lists, one duty, late reports, rules that could not be applied."""
