"""The lunar date of a day, and the public holiday that falls on it."""

from datetime import date
from functools import lru_cache

# Law on Science and Technology 29/2013/QH13, Article 7.
SCIENCE_DAY = (5, 18)


@lru_cache(maxsize=4096)
def lunar(day: date) -> tuple[int, int, bool]:
    """Day, month and whether the month is a leap one, in the Vietnamese lunar calendar (1900-2100)."""
    from lunar_vn import solar_to_lunar  # late: most builds need none of it

    found = solar_to_lunar(day)
    return found.day, found.month, found.leap


@lru_cache(maxsize=64)
def public_holidays(year: int) -> dict[date, str]:
    """The public holidays of Vietnam in `year`, by day, in Vietnamese."""
    import holidays

    return dict(holidays.country_holidays("VN", years=year, language="vi"))
