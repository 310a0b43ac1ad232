"""The floors: imports, relations and templates go down only; rooms and modules keep their size."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.house import FLOORS, ROOT, floor_of_template, goes_down, parsed, python_files, shown, template_files

LINES_MAX = 300
NO_ROOMS = {"core", "utils", "api", "search", "notifications"}
CALLED = re.compile(r"{%-?\s*(include|extends)\s+(\S+)")
LOADED = re.compile(r"{%-?\s*load\s+([^%]+)%}")


def test_imports_go_down():
    # A process of its own: the command sets up logging for all of Python.
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_contract_names_every_room():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    layers = re.search(r"^layers = \[(.*?)^\]", text, re.MULTILINE | re.DOTALL)[1]
    named = [set(layer.split(" | ")) for layer in re.findall(r'"([^"]+)"', layers)]
    floors = sorted(set(FLOORS.values()), reverse=True)
    assert named == [{room for room, floor in FLOORS.items() if floor == number} for number in floors]


def test_every_installed_room_has_a_floor():
    installed = {config.name.partition(".")[0] for config in apps.get_app_configs()}
    assert {name for name in installed if (ROOT / name).is_dir()} <= set(FLOORS)


def relations_up(every_model) -> list[str]:
    """Relations from a room of ours to a room that it may not know; generic ones included."""
    found = []
    for model in every_model:
        room = model.__module__.partition(".")[0]
        if room not in FLOORS:
            continue
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many, *model._meta.private_fields]:
            other = field.related_model.__module__.partition(".")[0] if field.related_model else room
            if other in FLOORS and not goes_down(room, other):
                found.append(f"{model.__name__}.{field.name} → {other}")
    return found


def test_relations_go_down():
    assert relations_up(apps.get_models(include_auto_created=True)) == []


@isolate_apps("countries", "portal")
def test_relation_up_is_seen():
    """A check that cannot fail is no check."""

    class Above(models.Model):
        __module__ = "portal.models"

        class Meta:
            app_label = "portal"

    class Below(models.Model):
        __module__ = "countries.models"
        to_one = models.ForeignKey("portal.Above", models.CASCADE)
        to_many = models.ManyToManyField("portal.Above", related_name="+")

        class Meta:
            app_label = "countries"

    assert relations_up([Above, Below]) == ["Below.to_one → portal", "Below.to_many → portal"]


@pytest.mark.parametrize(("above", "below"), [("countrymap", "forum"), ("forum", "countrymap"), ("common", "portal")])
def test_neighbours_and_upper_rooms_are_out_of_bounds(above, below):
    assert not goes_down(above, below)


def calls_up(name: str, source: str, tag_rooms: dict[str, str]) -> list[str]:
    """What a template includes, extends or loads from above its floor, or by a name that is known only at run time."""
    found, floor = [], floor_of_template(name)
    room = name.partition("/")[0]
    for kind, argument in CALLED.findall(source):
        called = argument.strip("\"'")
        if called == argument:
            if floor > 1:
                found.append(f"{name} {kind}s {argument}, whatever that is")
        elif floor_of_template(called) > floor or _neighbours(room, called.partition("/")[0]):
            found.append(f"{name} {kind}s {called}")
    for library in " ".join(LOADED.findall(source)).split():
        owner = tag_rooms.get(library)
        if owner and (FLOORS[owner] > floor or _neighbours(room, owner)):
            found.append(f"{name} loads {library} of {owner}")
    return found


def _neighbours(room: str, other: str) -> bool:
    return room != other and room in FLOORS and other in FLOORS and FLOORS[room] == FLOORS[other]


def tag_rooms() -> dict[str, str]:
    """Every library of template tags of ours with its room."""
    folders = {path.stem: path for path in python_files() if path.parent.name == "templatetags"}
    return {name: path.relative_to(ROOT).parts[0] for name, path in folders.items() if name != "__init__"}


def test_templates_call_down():
    libraries = tag_rooms()
    up = [line for name, path in template_files() for line in calls_up(name, path.read_text("utf-8"), libraries)]
    assert up == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("countries/country_list.html", '{% include "portal/home.html" %}'),
        ("countrymap/map.html", "{% extends 'forum/board.html' %}"),
        ("base.html", '{% include "initiatives/_item.html" %}'),
        ("initiatives/list.html", "{% include chosen %}"),
        ("initiatives/list.html", "{% load i18n world_map %}"),
    ],
)
def test_template_that_calls_up_is_seen(name, source):
    assert calls_up(name, source, {"world_map": "countrymap"})


def test_templates_of_rooms_call_what_exists():
    names = {name for name, _path in template_files()}
    rooms = {name.partition("/")[0] for name in names if "/" in name} & set(FLOORS)
    missing = [
        f"{name}: {called}"
        for name, path in template_files()
        for _kind, argument in CALLED.findall(path.read_text("utf-8"))
        if (called := argument.strip("\"'")) not in names and called.partition("/")[0] in rooms
    ]
    assert missing == []


def test_modules_stay_small():
    long = {
        shown(path): lines
        for path in python_files(tests=True)
        if (lines := len(path.read_text("utf-8").splitlines())) > LINES_MAX
    }
    assert long == {}


def test_rooms_for_everything_do_not_exist():
    assert [name for name in NO_ROOMS if (ROOT / name / "__init__.py").exists()] == []


def test_every_room_says_what_it_is_for():
    """Two sentences: its job, and what it may import."""
    rooms = [room for room in FLOORS if room != "reg4covid"]
    silent = [room for room in rooms if not ast.get_docstring(parsed(ROOT / room / "__init__.py"))]
    assert silent == []


def test_services_know_no_request():
    """Writes can be called from a page, the admin, an import or a task alike."""
    found = []
    for path in python_files():
        if "services" not in path.stem and path.parent.name != "services":
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.arg) and node.arg == "request":
                found.append(f"{shown(path)}:{node.lineno} takes a request")
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                ("django.http", "django.contrib.messages", "django.shortcuts")
            ):
                found.append(f"{shown(path)}:{node.lineno} imports {node.module}")
    assert found == []
