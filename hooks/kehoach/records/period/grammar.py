"""The grammar of written times as a table for people: each way to write, an example, whose way it is.

The examples are read by the program itself where the table is shown, for a plan of `YEAR`.
"""

from typing import NamedTuple

YEAR = 2025

_DECREE = "Nghị định 30/2020/NĐ-CP, Phụ lục I"
_PLANS = "kế hoạch của các Sở"
_ISO = "ISO 8601, EDTF"


class Way(NamedTuple):
    """One way to write a time: what it is for, an example, and where it is from."""

    what: str
    example: str
    source: str = _PLANS


GRAMMAR: dict[str, tuple[Way, ...]] = {
    "Một ngày": (
        Way("ngày, tháng, năm bằng chữ", "ngày 06 tháng 5 năm 2025", _DECREE),
        Way("bằng số, ngăn bằng gạch chéo, gạch ngang hoặc chấm", "18/5/2025"),
        Way("ngày và tháng, năm theo kế hoạch", "Ngày 18-5"),
        Way("năm hai chữ số", "16/5/25"),
        Way("tháng bằng chữ", "thứ Năm, ngày 15 tháng Năm năm 2025"),
        Way("thứ, phải đúng là thứ của ngày ấy", "Thứ Sáu, ngày 16/5/2025"),
        Way("thứ viết tắt", "T6, 16/5/2025"),
        Way("ngày để trống", "ngày ..... tháng 10 năm 2025", _DECREE),
        Way("ngày âm lịch, kèm ngày dương lịch", "ngày 10/3 âm lịch (tức ngày 07/4/2025)"),
        Way("rằm, tháng Giêng, tháng Chạp: của âm lịch", "23 tháng Chạp (tức ngày 10/02/2026)"),
        Way("theo ISO", "2025-05-16", _ISO),
    ),
    "Nhiều ngày": (
        Way("từ … đến …", "Từ ngày 04 - 20/5/2025"),
        Way("hai đầu khác tháng", "từ 21/4-19/5/2025"),
        Way("khai mạc … bế mạc …", "Khai mạc ngày 12/5, bế mạc ngày 16/5/2025"),
        Way("các ngày liền nhau", "ngày 15, 16 và 17/5/2025"),
        Way("qua năm mới, năm chỉ ghi một đầu", "từ ngày 25/12 đến ngày 10/01/2026"),
        Way("sang năm sau", "từ tháng 10 đến tháng 3 năm sau"),
        Way("theo ISO", "2025-05-04/2025-05-20", _ISO),
    ),
    "Tháng, quý, năm và phần của chúng": (
        Way("tháng", "Tháng 5/2025"),
        Way("nhiều tháng", "Tháng 5 - 6 năm 2025"),
        Way("tháng, quý viết tắt", "T5/2025"),
        Way("quý", "Quý II năm 2025"),
        Way("năm, giai đoạn", "giai đoạn 2026 - 2030"),
        Way("đầu (từ ngày 01 đến 10), giữa, cuối (từ ngày 21)", "cuối tháng 10 năm 2025"),
        Way("thượng tuần, trung tuần, hạ tuần", "hạ tuần tháng 02/2025"),
        Way("tuần thứ mấy: bảy ngày, kể từ ngày 01", "tuần thứ ba của tháng 5/2025"),
        Way("một số tháng, quý, tuần, ngày ở đầu hoặc cuối", "9 tháng đầu năm 2025"),
        Way("nửa đầu, nửa cuối", "nửa cuối tháng 5/2025"),
    ),
    "Thời hạn, một mốc": (
        Way("trước: không kể ngày ấy", "trước ngày 14/5/2025"),
        Way("chậm nhất, không muộn hơn, hạn cuối: kể cả ngày ấy", "chậm nhất ngày 25/5/2025"),
        Way("đến, hết", "đến hết ngày 30/5/2025"),
        Way("hạn nộp, thời hạn", "Hạn nộp hồ sơ: 20/5/2025"),
        Way("kể từ, từ, bắt đầu từ", "kể từ ngày 14/5/2025"),
        Way("sau: không kể ngày ấy", "sau ngày 14/5/2025"),
        Way("trong vòng … kể từ …", "trong vòng 10 ngày kể từ ngày 18/5/2025"),
        Way("từ một việc chưa có ngày", "từ ngày phát động đến ngày 30/6/2025"),
        Way("theo ISO", "../2025-05-14", _ISO),
    ),
    "Giờ": (
        Way("giờ và ngày", "8 giờ 30 phút, ngày 16/5/2025"),
        Way("viết tắt", "7h30 ngày 16/5/2025"),
        Way("từ giờ đến giờ", "từ 8 giờ 00 đến 11 giờ 30, ngày 16/5/2025"),
        Way("nhiều buổi", "Sáng: 8h00-11h30; chiều: 13h30-17h00, ngày 16/5/2025"),
        Way("giờ của mỗi ngày", "8h00 - 17h00 hằng ngày, từ ngày 15/5 đến ngày 18/5/2025"),
        Way("giờ của các ngày", "8h00 - 17h00 các ngày 15, 16 và 17/5/2025"),
        Way("buổi", "chiều ngày 16/5/2025"),
        Way("giờ của một ngày chưa rõ", "8 giờ 00, ngày .../5/2025"),
        Way("hạn đến một giờ", "trước 17 giờ 00 ngày 20/5/2025"),
        Way("hết ngày", "đến 24 giờ 00 ngày 20/5/2025"),
    ),
    "Thời lượng, mức chắc chắn": (
        Way("thời lượng", "02 ngày, 15-16/5/2025"),
        Way("thời lượng từ một ngày", "02 ngày, bắt đầu từ ngày 15/5/2025"),
        Way("không quá", "không quá 30 ngày, từ ngày 01/5/2025"),
        Way("dự kiến, khoảng", "Dự kiến 01 buổi, từ ngày 16 đến 18/5/2025"),
        Way("chú thích trong ngoặc", "Hết ngày 15/6/2025 (theo dấu bưu điện)"),
        Way("tên đặt trước", "Vòng chung kết: ngày 18/5/2025"),
        Way("tên, thời gian trong ngoặc", "Chung kết (ngày 18/5/2025)"),
    ),
    "Định kỳ": (
        Way("hằng, mỗi, định kỳ", "định kỳ 6 tháng và năm"),
        Way("mấy lần", "02 lần/năm"),
        Way("một ngày của mỗi kỳ", "trước ngày 20 của tháng cuối quý"),
        Way("thường xuyên", "Thường xuyên"),
    ),
    "Không có ngày": (
        Way("theo một việc", "kể từ ngày ký"),
        Way("máy không hiểu: đăng nguyên văn, kèm cảnh báo", "nhân dịp 18/5/2025"),
        Way(
            "nhiều thời gian trong một dòng: nên ghi thành danh sách", "ngày 15/5 và ngày 20/5/2025"
        ),
    ),
}
