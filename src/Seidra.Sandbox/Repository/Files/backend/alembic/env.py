"""Alembic's environment of the stand-in: the chain is read by SEIDRA Cutover as text, nobody runs it."""
