"""Reports, meetings and campaigns: when the policy wants them."""
