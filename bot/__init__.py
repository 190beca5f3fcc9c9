"""Lotse: answers for people who have just arrived."""
