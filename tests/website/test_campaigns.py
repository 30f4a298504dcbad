"""A campaign's page: its themes lead, and what came of its events is told together."""

from website.reading import text, tree


def test_every_theme_leads_and_a_slogan_stands_below(site):
    hero = tree(site / "chu-de/2024/index.html").xpath("//*[contains(@class, 'hero full')]")[0]
    assert [text(words) for words in hero.xpath(".//*[@class='hero__slogan']")] == [
        "Phát triển khoa học, công nghệ và đổi mới sáng tạo trên nền tảng văn hóa Việt Nam",
        "Khoa học, công nghệ và đổi mới sáng tạo - nâng cao tiềm lực và vị thế quốc gia",
        "Khoa học, công nghệ và đổi mới sáng tạo - động lực phát triển bền vững",
    ]
    assert [text(words) for words in hero.xpath(".//*[@class='hero__theme']")] == [
        "Nhiệt liệt chào mừng Ngày khoa học và công nghệ Việt Nam"
    ]


def test_a_year_is_looked_back_on_by_what_its_events_brought(site, stressed):
    assert (
        tree(site / "chu-de/2022/index.html").xpath("//*[@id='nhin-lai']") == []
    )  # nothing is told yet
    (review,) = tree(stressed / "chu-de/2024/index.html").xpath("//*[@aria-labelledby='nhin-lai']")
    assert [text(link) for link in review.xpath(".//h3/a")] == [
        "Việc thứ 1 của kế hoạch, tên đủ dài để xuống hai dòng trên điện thoại"
    ]
    assert text(review.xpath(".//*[@class='figures']")[0]) == "học sinh tham gia320"
    assert "Đã trao 12 giải" in text(review)
    assert text(review.xpath(".//*[contains(@class, 'badge--done')]")[0]).split()[0].isdigit()


def test_a_campaign_shows_its_summary_and_the_files_beside_it(stressed):
    page = tree(stressed / "chu-de/2024/index.html")
    (lead,) = page.xpath("//main//*[@class='lead']")
    assert text(lead) == "Năm của khát vọng phát triển đất nước bằng khoa học, công nghệ."
    (file,) = page.xpath("//*[@aria-labelledby='tep']//a")
    assert (text(file), file.get("href")) == ("Công văn hướng dẫn", "../../chu-de/huong-dan.pdf")
    assert (stressed / "chu-de/huong-dan.pdf").is_file()
