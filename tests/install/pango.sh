#!/usr/bin/env bash
# Find Pango, which lays out PDF pages, or install it: already there, else by apt as root on Debian, else a plain error.
set -u
there() { .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1; }
if there; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Pango with apt (once) ..."
  apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 >/dev/null
fi
if there; then exit 0; fi
echo "PDF files need Pango, and it could not be installed." >&2
echo "Install it by hand (Debian: apt install libpango-1.0-0 libpangoft2-1.0-0; macOS: brew install pango), then try again." >&2
exit 1
