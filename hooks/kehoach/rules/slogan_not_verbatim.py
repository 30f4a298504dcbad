"""slogan-not-verbatim: khẩu hiệu chỉ khác bản chính thức ở chữ hoa, dấu gạch hoặc khoảng trắng.

Khẩu hiệu và chủ đề được in lên băng rôn nguyên văn. Khác biệt rất nhỏ với bản chính thức của năm
thường là chép sai; nếu bản ký viết đúng như vậy thì giữ nguyên và ghi lý do trong `allow`.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.plan import Plan
from kehoach.records.text import letters
from kehoach.rules.verdict import warning


def check(plan: Plan, library: Library) -> Iterator[Finding]:
    campaign = library.campaign(plan.campaign)
    if campaign is None:
        return
    official = [line.text for line in (*campaign.slogans, *campaign.themes)]
    for index, slogan in enumerate(plan.slogans):
        close = next((text for text in official if letters(text) == letters(slogan.text)), None)
        if close and slogan.text not in official:
            difference = "ở chữ hoa, dấu hoặc khoảng trắng"
            message = f"khẩu hiệu khác bản chính thức năm {plan.campaign} {difference}"
            yield warning(plan, ("slogans", index, "text"), message, f"bản chính thức: {close}")
