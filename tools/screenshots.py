"""Pictures of pages at a phone's and a desk's size: look at them before showing a page.

    python tools/screenshots.py http://127.0.0.1:8000 /styleguide /children/ --user county

The password is read from the variable SCREENSHOT_PASSWORD; without --user nobody signs in.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

SIZES = {"phone": (390, 844), "desk": (1440, 900)}


def main() -> int:
    options = read_options()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("screenshots: no Chromium on this machine")
        return 1
    Path(options.folder).mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        for size in SIZES:
            take(browser, size, options)
        browser.close()
    return 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--user")
    parser.add_argument("--folder", default="screenshots")
    parser.add_argument("--english", action="store_true")
    return parser.parse_args()


def take(browser: Browser, size: str, options: argparse.Namespace) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=size == "phone",
        locale="en" if options.english else "zh-CN",
    )
    page = context.new_page()
    page.on(
        "console", lambda said: print(f"{page.url}: {said.text}") if is_bad(said.type) else None
    )
    if options.user:
        page.goto(f"{options.address}/sign-in/")
        page.fill("input[name=username]", options.user)
        page.fill("input[name=password]", os.environ["SCREENSHOT_PASSWORD"])
        page.click("main button[type=submit]")
    for path in options.paths:
        answer = page.goto(options.address + path)
        name = re.sub(r"\W+", "-", path).strip("-") or "home"
        tongue = "-en" if options.english else ""
        file = Path(options.folder) / f"{name}-{size}{tongue}.png"
        page.screenshot(path=file, full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        status = answer.status if answer else 0
        print(f"{file} {status}{' SCROLLS SIDEWAYS' if wide else ''}")
    context.close()


def is_bad(kind: str) -> bool:
    return kind in {"error", "warning"}


if __name__ == "__main__":
    sys.exit(main())
