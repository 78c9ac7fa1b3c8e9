"""Critical flags: which situations, whom they concern, how a flag lives. No policy reaches here."""
