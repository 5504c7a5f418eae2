#!/usr/bin/env bash
# Find a browser for the tests, or install one: on the path, else by apt as root on Debian, else by Playwright.
set -u
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium with apt (once) ..."
  if apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium \
    >/dev/null; then exit 0; fi
fi
if .venv/bin/playwright install chromium && .venv/bin/python -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as driver:
    driver.chromium.launch().close()'; then exit 0; fi
echo "No browser for the tests: none on the path, and none could be installed." >&2
echo "Install Chromium by hand (Debian: apt install chromium; macOS: brew install --cask chromium), then run make test again." >&2
exit 1
