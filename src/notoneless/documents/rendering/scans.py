"""Scanned pages as one PDF, each as large as A4 allows."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image

from notoneless.vault.pictures import Picture

A4_INCHES = (8.27, 11.69)


def pdf_of_scans(scans: Sequence[Picture]) -> bytes:
    """The pictures, one on each page, in their order; at least one."""
    pages = [Image.open(io.BytesIO(scan.data)).convert("RGB") for scan in scans]
    dots = max(_dots(page) for page in pages)
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dots)
    return out.getvalue()


def _dots(page: Image.Image) -> float:
    """Dots per inch at which a page fits on A4, upright or across."""
    short, long = sorted(page.size)
    return max(short / A4_INCHES[0], long / A4_INCHES[1])
