"""The identity card's QR string: what is read, what is refused, and that nothing else can happen."""

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from motcua.people.id_card import LONGEST_SCAN, Gender, IdCard, IdCardError, IdCardFault, read_id_card

TODAY = date(2026, 11, 23)
TUYET = "001184012345|012345678|Nguyễn Thị Ánh Tuyết|05091984|Nữ|Số 8, ngõ 12 Tân Mai, Hoàng Mai, Hà Nội|10052021"
GENDER_WORDS = {Gender.MALE: "Nam", Gender.FEMALE: "Nữ"}


def changed(position: int, value: str) -> str:
    values = TUYET.split("|")
    values[position - 1] = value
    return "|".join(values)


def fault_of(scanned: str) -> tuple[IdCardFault, int | None]:
    with pytest.raises(IdCardError) as caught:
        read_id_card(scanned, today=TODAY)
    return caught.value.code, caught.value.position


def outcome(scanned: str) -> int | str | None:
    """The word card, or the position of the fault; any other exception goes through."""
    try:
        read_id_card(scanned, today=TODAY)
    except IdCardError as error:
        return error.position
    return "card"


def test_reads_the_seven_values() -> None:
    assert read_id_card(TUYET, today=TODAY) == IdCard(
        personal_id="001184012345",
        old_id="012345678",
        full_name="Nguyễn Thị Ánh Tuyết",
        birth_date=date(1984, 9, 5),
        gender=Gender.FEMALE,
        address="Số 8, ngõ 12 Tân Mai, Hoàng Mai, Hà Nội",
        issue_date=date(2021, 5, 10),
    )


def test_old_number_may_be_empty_or_left_out() -> None:
    empty = read_id_card(changed(2, ""), today=TODAY)
    values = TUYET.split("|")
    left_out = read_id_card("|".join(values[:1] + values[2:]), today=TODAY)
    assert empty.old_id == ""
    assert left_out == empty


@pytest.mark.parametrize("written", ["05091984", "05/09/1984", "05-09-1984", "05.09.1984"])
def test_dates_with_or_without_separators(written: str) -> None:
    assert read_id_card(changed(4, written), today=TODAY).birth_date == date(1984, 9, 5)


def test_values_appended_by_the_card_of_2024_are_kept_aside() -> None:
    card = read_id_card(TUYET + "|Nguyễn Văn Bình||Trần Thị Cúc||", today=TODAY)
    assert card.extra == ("Nguyễn Văn Bình", "", "Trần Thị Cúc")
    assert card.address == read_id_card(TUYET, today=TODAY).address


@pytest.mark.parametrize(
    "noisy",
    [
        "\ufeff" + TUYET + "\r\n",
        "]Q3" + TUYET,
        "QR: " + TUYET + "\t",
        "\x02" + TUYET + "\x03",
        TUYET.replace("|", " |\t"),
        TUYET.replace("Thị Ánh", "Thị\n Ánh\u200b"),
        unicodedata.normalize("NFD", TUYET),
    ],
)
def test_scanner_noise_changes_nothing(noisy: str) -> None:
    assert read_id_card(noisy, today=TODAY) == read_id_card(TUYET, today=TODAY)


@pytest.mark.parametrize(
    ("scanned", "fault", "position"),
    [
        ("", IdCardFault.EMPTY, None),
        ("\ufeff \r\n", IdCardFault.EMPTY, None),
        ("|" * (LONGEST_SCAN + 1), IdCardFault.TOO_LONG, None),
        ("https://dichvucong.gov.vn/p/home", IdCardFault.NOT_A_CARD, None),
        ("001184012345|012345678|Nguyễn Thị Ánh Tuyết", IdCardFault.NOT_A_CARD, None),
        (changed(1, "01184012345"), IdCardFault.BAD_NUMBER, 1),
        (changed(1, "001184O12345"), IdCardFault.BAD_NUMBER, 1),
        (changed(1, "٠٠١١٨٤٠١٢٣٤٥"), IdCardFault.BAD_NUMBER, 1),
        (changed(1, "000184012345"), IdCardFault.BAD_NUMBER, 1),
        (changed(2, "1234"), IdCardFault.BAD_OLD_NUMBER, 2),
        (changed(3, ""), IdCardFault.BAD_NAME, 3),
        (changed(3, "..."), IdCardFault.BAD_NAME, 3),
        (changed(3, "Nguyá»…n Thá»‹"), IdCardFault.BAD_NAME, 3),
        (changed(4, "31021984"), IdCardFault.BAD_BIRTH_DATE, 4),
        (changed(4, "1984"), IdCardFault.BAD_BIRTH_DATE, 4),
        (changed(4, "24112026"), IdCardFault.FUTURE_BIRTH_DATE, 4),
        (changed(5, "N?"), IdCardFault.BAD_GENDER, 5),
        (changed(4, "05091985"), IdCardFault.NUMBER_BIRTH_MISMATCH, 1),
        (changed(1, "001384012345"), IdCardFault.NUMBER_BIRTH_MISMATCH, 1),
        (changed(5, "Nam"), IdCardFault.NUMBER_GENDER_MISMATCH, 1),
        (changed(7, "99999999"), IdCardFault.BAD_ISSUE_DATE, 7),
        (changed(7, "04091984"), IdCardFault.BAD_ISSUE_DATE, 7),
        (changed(7, "24112026"), IdCardFault.BAD_ISSUE_DATE, 7),
    ],
)
def test_each_fault_is_named_at_its_place(scanned: str, fault: IdCardFault, position: int | None) -> None:
    assert fault_of(scanned) == (fault, position)


def test_every_fault_has_a_sentence_that_says_what_to_do() -> None:
    sentences = [str(IdCardError(fault).sentence) for fault in IdCardFault]
    assert len(set(sentences)) == len(IdCardFault)
    assert all(sentence.endswith(".") and len(sentence) > 40 for sentence in sentences)


def test_neither_error_nor_repr_repeats_what_was_scanned() -> None:
    with pytest.raises(IdCardError) as caught:
        read_id_card(changed(4, "31021984"), today=TODAY)
    shown = f"{caught.value!r} {caught.value} {caught.value.__cause__} {read_id_card(TUYET, today=TODAY)!r}"
    assert "31021984" not in shown
    assert "0011840" not in shown
    assert "Tuyết" not in shown


@given(st.one_of(st.text(max_size=300), st.text(alphabet="0123456789|/Namữ \t\r\n]Q\ufeff", max_size=120)))
def test_any_text_gives_a_card_or_an_id_card_error(scanned: str) -> None:
    assert outcome(scanned) in {None, *range(1, 8), "card"}


@given(st.integers(1, 7), st.text(max_size=40))
def test_one_spoiled_value_gives_a_card_or_an_id_card_error(position: int, value: str) -> None:
    assert outcome(changed(position, value)) in {None, *range(1, 8), "card"}


LETTERS = "aáàảãạăâbcdđeêghiklmnoôơpqrstuưvxyAÁBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY"
NAMES = st.lists(st.text(alphabet=LETTERS, min_size=1, max_size=12), min_size=1, max_size=6).map(" ".join)
PLACES = st.text(alphabet=LETTERS + "0123456789 ,./-", max_size=80).map(lambda text: " ".join(text.split()))


@st.composite
def cards(draw: st.DrawFn) -> IdCard:
    birth_date = draw(st.dates(date(1900, 1, 1), TODAY))
    gender = draw(st.sampled_from(Gender))
    century_digit = (birth_date.year - 1900) // 100 * 2 + (gender is Gender.FEMALE)
    province = draw(st.integers(1, 999))
    serial = draw(st.integers(0, 999_999))
    return IdCard(
        personal_id=f"{province:03}{century_digit}{birth_date.year % 100:02}{serial:06}",
        old_id=draw(st.sampled_from(["", "012345678", "012345678901"])),
        full_name=draw(NAMES),
        birth_date=birth_date,
        gender=gender,
        address=draw(PLACES),
        issue_date=birth_date + timedelta(days=draw(st.integers(0, (TODAY - birth_date).days))),
        extra=draw(st.sampled_from([(), ("Nguyễn Văn Bình",), ("", "Trần Thị Cúc")])),
    )


@given(cards(), st.sampled_from(["%d%m%Y", "%d/%m/%Y"]))
def test_what_a_card_says_is_read_back(card: IdCard, dates: str) -> None:
    scanned = "|".join(
        [
            card.personal_id,
            card.old_id,
            card.full_name,
            card.birth_date.strftime(dates),
            GENDER_WORDS[card.gender],
            card.address,
            card.issue_date.strftime(dates),
            *card.extra,
        ]
    )
    assume(len(scanned) <= LONGEST_SCAN)
    assert read_id_card(scanned, today=TODAY) == card
