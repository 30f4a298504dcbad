"""Lighthouse, mobile preset, over nginx with gzip."""

import pytest

from bench import lighthouse
from website.reading import KINDS

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.heavy]


@pytest.fixture(scope="module")
def served(site, tmp_path_factory):
    with lighthouse.nginx(site, tmp_path_factory.mktemp("nginx")) as address:
        yield address


@pytest.mark.parametrize("kind", ["home", "plan", "event", "month"])
def test_all_is_100_and_speed_at_least_95(served, kind):
    found = lighthouse.scores(served + KINDS[kind])
    assert found["failed"] == []
    assert (found["accessibility"], found["best-practices"], found["seo"]) == (100, 100, 100)
    assert found["performance"] >= 95
    assert found["cls"] == 0
