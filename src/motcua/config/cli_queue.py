"""`motcua queue`: the order of the line, played through."""

from random import Random

import click

from motcua.queueing.declared import declared
from motcua.queueing.rules.simulating import play, random_counters, random_day, worst


@click.group()
def queue() -> None:
    """Xếp hàng: thử quy tắc gọi số."""


@queue.command("simulate")
@click.option("--seed", type=int, default=2026, show_default=True, help="Cùng số thì cùng kết quả.")
@click.option("--days", type=click.IntRange(1, 100_000), default=200, show_default=True, help="Số ngày thử.")
@click.option("--people", type=click.IntRange(1, 5_000), default=150, show_default=True, help="Số người mỗi ngày.")
@click.option("--cap", type=click.IntRange(1, 50), default=None, help="Thay cho mức của quy tắc đang dùng.")
def simulate(seed: int, days: int, people: int, cap: int | None) -> None:
    """Thử quy tắc gọi số trên những ngày đông ngẫu nhiên: người chờ thường lâu nhất so với mức đã hứa.

    Kết thúc bằng lỗi khi có người phải chờ quá mức.
    """
    random, limit = Random(seed), declared()[-1].cap if cap is None else cap  # noqa: S311 (a game, not a secret)
    nearest, broken, called = (0, 1), 0, 0
    with click.progressbar(range(days), label="Thử") as played:
        for _day in played:
            arrivals = random_day(random, people=people, favoured=random.uniform(0.1, 0.9))
            done = play(arrivals, random_counters(random), cap=limit)
            called += len(done)
            found = worst(done, limit)
            if found is None:
                continue
            calls, most = found[0].calls, found[1]
            broken += calls > most
            if calls * nearest[1] > nearest[0] * most:
                nearest = (calls, most)
    click.echo(f"{days} ngày, {called} lượt gọi, tối đa {limit} lượt ưu tiên liền nhau.")
    click.echo(f"Số thường phải chờ lâu nhất: {nearest[0]} lượt gọi của một quầy; mức đã hứa: {nearest[1]}.")
    if broken:
        raise click.ClickException(f"Có {broken} ngày vượt mức đã hứa.")
