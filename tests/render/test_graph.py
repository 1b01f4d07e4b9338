"""The drawing of what rests on what: as wide as a screen, in bands where the layers are many."""

from importlib import import_module
from types import SimpleNamespace

import pytest

from symhet.render.report.dependencies import Dependencies

graph = import_module("symhet.render.report.graph")


def chain(length, *lonely):
    """Return claims that rest on each other one by one, and some that rest on none."""
    names = [f"kz.c{place}" for place in range(length)]
    uses = {name: tuple(names[place - 1 : place]) for place, name in enumerate(names)}
    return Dependencies(uses | dict.fromkeys(lonely, ()))


@pytest.mark.parametrize("length", [1, 2, 10, 11, 17, 31])
def test_no_more_columns_than_can_be_read(length):
    found = chain(length, "kz.alone", "kz.apart")
    places, gaps = graph._places(found)
    assert places.keys() == found.uses.keys()
    assert len(set(places.values())) == len(places)
    assert max(x for x, _ in places.values()) <= graph.MARGIN + graph.ACROSS * (graph.MOST - 1)
    assert len(gaps) == (-(-length // graph.MOST) if length > 1 else 0)
    assert not any(y <= gap <= y + graph.HEIGHT for _, y in places.values() for gap in gaps)


def test_bands_part_where_the_fewest_lines_cross():
    found = chain(17)
    wide = {**found.uses, **{f"kz.d{place}": ("kz.c8",) for place in range(6)}}
    bands = list(graph._bands(Dependencies(wide), 17))
    assert [band.stop for band in bands][-1] == 17
    assert bands[0].stop != 9
    assert all(len(band) <= graph.MOST for band in bands)


def test_a_line_into_the_next_band_goes_between_them():
    found = chain(12)
    rows = tuple(SimpleNamespace(id=name, verdict="proved") for name in found.uses)
    drawn = graph.graph(SimpleNamespace(rows=rows, authors="A"), found)
    assert drawn.count("<path") == 11
    assert drawn.count("L") == 1
