#!/bin/sh
# Staging installation of the stand-in: there is nothing to install.
set -eu
case "${1:-}" in
  "" | --with-ml) ;;
  *) echo "install-dev.sh: expected --with-ml or nothing, found $1" >&2; exit 2 ;;
esac
echo "stand-in for SEIDRA Ultimate: nothing to install for staging"
