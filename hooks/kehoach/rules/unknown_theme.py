"""unknown-theme: chủ đề không nằm trong các chủ đề của năm.

Chủ đề của Ngày Khoa học và Công nghệ do Bộ hướng dẫn hằng năm và ghi ở chu-de/<năm>.md.
"""

from collections.abc import Iterator

from kehoach.records.event import SloganKind
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.plan import Plan
from kehoach.records.text import letters
from kehoach.rules.verdict import warning


def check(plan: Plan, library: Library) -> Iterator[Finding]:
    campaign = library.campaign(plan.campaign)
    if campaign is None or not campaign.themes:
        return
    known = {letters(theme.text) for theme in campaign.themes}
    for index, slogan in enumerate(plan.slogans):
        if slogan.kind is SloganKind.THEME and letters(slogan.text) not in known:
            message = f"chủ đề này không có trong chủ đề năm {plan.campaign}"
            yield warning(
                plan, ("slogans", index, "text"), message, f"đối chiếu với {campaign.path}"
            )
