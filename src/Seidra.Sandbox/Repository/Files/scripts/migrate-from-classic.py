#!/usr/bin/env python3
"""The real script adds Classic's columns. The stand-in refuses rather than claim to have done so."""

import sys

sys.exit("migrate-from-classic.py: stand-in, migrates nothing; the database is migrated by SEIDRA Cutover itself")
