#!/bin/sh
# Production installation of the stand-in: there is nothing to install.
set -eu
echo "stand-in for SEIDRA Ultimate: nothing to install for production"
