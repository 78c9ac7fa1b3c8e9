"""The pages of critical flags: raise one, see one's own, handle it as the named officer."""
