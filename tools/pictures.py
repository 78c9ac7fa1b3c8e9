"""The README's pictures, taken from a running demo: python tools/pictures.py http://127.0.0.1:8000

Small files: what fits on the first screen, in 128 colours.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
PASSWORD = "qinghe-2026"  # noqa: S105  # printed on the demo's sign-in page
"""Of every sample person."""
SIZES = {"phone": (390, 780), "desk": (1280, 860)}


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    who: str
    size: str
    path: str
    click: str = ""
    """A link of that page to follow first."""


PICTURES = (
    Picture("roll", "teacher", "phone", "/", "main .btn-primary:has-text('点名')"),
    Picture("case", "principal109", "phone", "/cases/", "main a[href^='/cases/0']"),
    Picture("overview", "clerk", "desk", "/overview/"),
    Picture("home", "township", "desk", "/"),
    Picture("indicators", "clerk", "desk", "/indicators/"),
)


def main() -> int:
    address = sys.argv[1].rstrip("/")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("pictures: no Chromium on this machine")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        for picture in PICTURES:
            take(browser, address, picture)
        browser.close()
    return 0


def take(browser: Browser, address: str, picture: Picture) -> None:
    width, height = SIZES[picture.size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=picture.size == "phone",
        locale="zh-CN",
    )
    page = context.new_page()
    sign_in(page, address, picture.who)
    page.goto(address + picture.path)
    if picture.click:
        page.locator(picture.click).first.click()
        page.wait_for_load_state()
    shot = Image.open(BytesIO(page.screenshot()))
    file = FOLDER / f"{picture.name}.png"
    shot.convert("RGB").quantize(128).save(file, optimize=True)
    print(f"{file.name} {file.stat().st_size // 1024} kB")
    context.close()


def sign_in(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")


if __name__ == "__main__":
    sys.exit(main())
