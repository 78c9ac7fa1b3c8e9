"""What somebody is shown of the numbers of a place, and the children behind one."""
