"""Which year a plan is for: the one that its title or its campaign names, else the year of issue."""

import pytest

from kehoach.records.years import year_meant


@pytest.mark.parametrize(
    ("front", "year"),
    [
        ({"title": "Kế hoạch công tác năm 2025", "date": "27/12/2024"}, 2025),
        ({"title": "Chào mừng Ngày KH&CN 18/5/2025", "date": "27/12/2024"}, 2025),
        ({"title": "Kế hoạch công tác", "campaign": "2025", "date": "27/12/2024"}, 2025),
        ({"title": "Kế hoạch năm 2025", "campaign": "2024", "date": "27/12/2024"}, 2025),
        ({"title": "Kế hoạch năm 2025 - 2026", "campaign": "2025", "date": "27/12/2024"}, 2024),
        ({"title": "Kỷ niệm 65 năm (18/5/1959 - 18/5/2024)", "date": "6/5/2024"}, 2024),
        ({"title": "Triển khai Nghị quyết 12/2015/NQ-CP", "date": "6/5/2024"}, 2024),
        ({"title": "Kế hoạch", "date": "ngày      tháng 10 năm 2022"}, 2022),
        ({"title": "Ngày KH&CN", "day": "18/5/2024"}, 2024),
        ({"title": "Kế hoạch", "date": "31/2/2024"}, None),
        ({"title": ["2024"], "campaign": "x"}, None),
        ({}, None),
        (None, None),
        (["title"], None),
    ],
)
def test_the_year_that_times_without_one_belong_to(front, year):
    assert year_meant(front) == year
