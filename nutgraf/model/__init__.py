"""Frozen values, one type a stage; nothing here reads, computes or prints."""
