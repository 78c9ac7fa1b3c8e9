"""Responsibility contracts (责任书): parties, signatures, changes of holder, archive."""
