"""The house rules that no linter knows: short files, named homes, the city as data, complete English."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("geo_reports", "maps", "analytics")
LIMIT = 400
SOURCES = sorted(
    path
    for room in (*ROOMS, "tests", "script")
    for path in (ROOT / room).rglob("*")
    if path.suffix in {".py", ".js", ".css", ".sh"} and "migrations" not in path.parts
)
CODE = {
    path: ast.parse(path.read_text())
    for path in SOURCES
    if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in ROOMS
}


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_grows_past_the_limit():
    assert not [relative(path) for path in SOURCES if len(path.read_text().splitlines()) > LIMIT]


def test_every_module_says_what_it_owns():
    silent = [path for path, tree in CODE.items() if not ast.get_docstring(tree)]
    assert not [relative(path) for path in silent if path.name != "__init__.py"]


def test_nothing_is_called_utils_or_helpers():
    homeless = {"utils.py", "helpers.py", "services.py", "managers.py", "misc.py", "common.py"}
    assert not [relative(path) for path in SOURCES if path.name in homeless]


def test_no_name_or_coordinate_of_the_city_stands_in_code():
    city = re.compile(r"tangerang|tangsel|36\.74|\b106\.\d|-6\.[23]\d", re.IGNORECASE)
    assert not [relative(path) for path, tree in CODE.items() if city.search(without_docstrings(path, tree))]


def without_docstrings(path: Path, tree: ast.Module) -> str:
    text = path.read_text()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            text = text.replace(ast.get_docstring(node, clean=False) or "", "")
    return text


def test_sql_is_never_built_from_formatted_values():
    """`%` or f-strings inside execute() would be a way in for SQL."""
    built = [
        f"{relative(path)}, line {node.lineno}"
        for path, tree in CODE.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "execute"
        if isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert not built


def test_templates_have_no_inline_script_or_style():
    """The content security policy would block them silently."""
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"<script(?![^>]*(src=|type=\"application/json\"|nonce=))", text), relative(path)
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"", text), relative(path)
