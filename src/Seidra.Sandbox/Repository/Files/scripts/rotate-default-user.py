#!/usr/bin/env python3
"""The real script sets the demo account's password. The stand-in refuses rather than claim to have done so."""

import sys

sys.exit("rotate-default-user.py: stand-in, rotates nothing; the demo account is rotated by SEIDRA Cutover itself")
