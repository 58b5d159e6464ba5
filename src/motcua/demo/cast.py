"""Invented citizens, the same for the same seed."""

from datetime import date, timedelta
from random import Random

from motcua.people.actions import PartyFacts

FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
)
MIDDLE = {"male": ("Văn", "Đức", "Quốc", "Hữu", "Minh", "Gia"), "female": ("Thị", "Ngọc", "Thu", "Kim", "Ánh", "Bảo")}
GIVEN = {
    "male": ("Quang", "Hùng", "Dũng", "Khang", "Phúc", "Tuấn", "Thành", "Long", "Nhật", "Vinh"),
    "female": ("Tuyết", "Lan", "Hương", "Trang", "Ngân", "Thảo", "Vy", "Hạnh", "Nhung", "Diệp"),
}
STREETS = ("Phan Châu Trinh", "Hùng Vương", "Trần Phú", "Nguyễn Thái Học", "Bạch Đằng", "Lý Thường Kiệt")
NO_SUCH_PROVINCE = "000"


def citizen(random: Random) -> PartyFacts:
    """A grown-up with a personal id of the right shape whose province code does not exist."""
    gender = random.choice(("male", "female"))
    birth = date(1950, 1, 1) + timedelta(days=random.randrange(365 * 55))
    century = {19: 0, 20: 2}[birth.year // 100] + (gender == "female")
    personal_id = f"{NO_SUCH_PROVINCE}{century}{birth.year % 100:02d}{random.randrange(10**6):06d}"
    name = f"{random.choice(FAMILY)} {random.choice(MIDDLE[gender])} {random.choice(GIVEN[gender])}"
    return PartyFacts(
        kind="person", full_name=name, personal_id=personal_id, birth_date=birth, gender=gender,
        address=f"{random.randrange(1, 300)} {random.choice(STREETS)}, Phường Tân Thạnh",
        phone=f"0905{random.randrange(10**6):06d}",
    )  # fmt: skip
