"""The ways to reach a department, as its settings tell them."""

from typing import NamedTuple

from pydantic import TypeAdapter

from kehoach.records.fields import Mail, Phone, Text


class Way(NamedTuple):
    """A way to reach a department: in words, as an example, and what a value of it must be."""

    words: str
    example: str
    form: TypeAdapter[str]
    needed: bool = True


WAYS = {
    "address": Way("địa chỉ", "12 đường Ví Dụ, phường Trung Tâm", TypeAdapter(Text)),
    "phone": Way("điện thoại", "0255.3822.456", TypeAdapter(Phone)),
    "email": Way("thư điện tử", "van-phong@so.example.vn", TypeAdapter(Mail)),
    "hours": Way("giờ làm việc", "Thứ hai - thứ sáu, 7 giờ 30 - 17 giờ", TypeAdapter(Text), False),
}
