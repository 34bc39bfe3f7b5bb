"""Stylesheets that import others are deployed as one file each."""

import json

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage

from geo_reports.joined_styles import JoinedStylesStorage, joined

FILES = {
    "site/page.css": '@import "part.css";\n@import "../lib/map.css";\n.page { color: red; }\n',
    "site/part.css": '@import "deep/inner.css";\n.part { background: url(part.png); }\n',
    "site/part.png": "a picture",
    "site/deep/inner.css": ".inner { margin: 0; }\n",
    "lib/map.css": '.map { background: url("images/map.png"), url(#shape), url("data:image/png;base64,AA=="); }\n',
    "lib/images/map.png": "another picture",
}


@pytest.fixture
def found(tmp_path):
    """The files as collectstatic finds them."""
    storage = StaticFilesStorage(location=tmp_path / "source")
    for name, text in FILES.items():
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return {name: (storage, name) for name in FILES}


def test_what_is_imported_stands_in_its_place_and_finds_its_pictures(found):
    assert joined(found, "site/page.css") == (
        ".inner { margin: 0; }\n"
        '.part { background: url("part.png"); }\n'
        '.map { background: url("../lib/images/map.png"), url(#shape), url("data:image/png;base64,AA=="); }\n'
        ".page { color: red; }\n"
    )


def test_the_deployed_file_is_joined_and_named_by_all_of_its_content(found, tmp_path):
    names = []
    for change in ("", "a {}"):
        inner = tmp_path / "source/site/deep/inner.css"
        inner.write_text(inner.read_text() + change)
        target = tmp_path / f"deployed{len(names)}"
        for name in FILES:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes((tmp_path / "source" / name).read_bytes())
        list(JoinedStylesStorage(location=target, base_url="/static/").post_process(found))
        names.append(json.loads((target / "staticfiles.json").read_text())["paths"]["site/page.css"])
        text = (target / names[-1]).read_text()
        assert ".inner" in text
        assert "@import" not in text
        assert "../lib/images/map." in text
    assert names[0] != names[1]


def test_an_import_of_nothing_is_an_error(found, tmp_path):
    (tmp_path / "source/site/part.css").write_text('@import "gone.css";\n')
    with pytest.raises(KeyError, match=r"gone\.css"):
        joined(found, "site/page.css")
