"""The components of the product on one page, for those who build and judge pages."""
