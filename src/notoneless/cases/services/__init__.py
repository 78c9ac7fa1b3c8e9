"""Writers of cases."""
