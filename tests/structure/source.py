"""Reads the product's own source for tests about the code as a whole."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import notoneless

PACKAGE = Path(notoneless.__file__).parent
ROOT = PACKAGE.parent.parent


def texts(under: str = "") -> Iterator[tuple[Path, str]]:
    """Every module below ``under`` (a folder of the package) but migrations, as it is written."""
    for path in sorted((PACKAGE / under).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(PACKAGE), path.read_text("utf-8")


def modules(under: str = "") -> Iterator[tuple[Path, ast.Module]]:
    """The same modules with their trees, which take some seconds."""
    for path, text in texts(under):
        yield path, ast.parse(text)


def imports_of(tree: ast.Module) -> Iterator[str]:
    """Dotted names of all modules that a module imports, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
