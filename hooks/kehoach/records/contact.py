"""The ways to reach a department, as its settings tell them."""

from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from kehoach.records.fields import Mail, Phone, Text


class Way(NamedTuple):
    """A way to reach a department: in words, as an example, and the type that a value of it must be of."""

    words: str
    example: str
    form: Any
    needed: bool = True

    def fits(self, value: object) -> bool:
        """Whether `value` can be used."""
        try:
            TypeAdapter(self.form).validate_python(value)
        except ValidationError:
            return False
        return True


WAYS = {
    "address": Way("địa chỉ", "12 đường Ví Dụ, phường Trung Tâm", Text),
    "phone": Way("điện thoại", "0255.3822.456", Phone),
    "email": Way("thư điện tử", "van-phong@so.example.vn", Mail),
    "hours": Way("giờ làm việc", "Thứ hai - thứ sáu, 7 giờ 30 - 17 giờ", Text, False),
}
