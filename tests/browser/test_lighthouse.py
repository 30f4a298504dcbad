"""Lighthouse, mobile preset, over nginx with gzip; its speed is measured by `bench pages`."""

import pytest

from bench import lighthouse
from website.reading import KINDS

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.heavy]


@pytest.fixture(scope="module")
def served(site, tmp_path_factory):
    with lighthouse.nginx(site, tmp_path_factory.mktemp("nginx")) as address:
        yield address


@pytest.mark.parametrize("kind", ["home", "plan", "event", "month"])
def test_all_but_speed_is_100(served, kind):
    found = lighthouse.scores(served + KINDS[kind])
    assert found["failed"] == []
    assert (found["accessibility"], found["best-practices"], found["seo"]) == (100, 100, 100)
    assert found["cls"] == 0
