"""`motcua work`: beside the web server and alone, started, ended, and not left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from django.core.management import call_command
from psycopg.conninfo import make_conninfo

from motcua.config.beside import Beside
from motcua.config.management.commands.work import YIELDS
from motcua.config.recurring import FIGURES, RULES
from motcua.core.models import RuleRun
from tests.committed import django_on, own_database

PATIENCE = 30
# Writes its number down, then waits to be told.
WAITS = "import os,sys,time; open(sys.argv[1],'a').write(f'{os.getpid()}\\n'); time.sleep(600)"
DIES = "import os,sys; open(sys.argv[1],'a').write(f'{os.getpid()}\\n')"
# Starts a program that dies again and again, and forks workers all the while, as a web server does: each lives on.
FORKS = """
import os, sys, time
from motcua.config.beside import Beside
beside = Beside((sys.executable, "-S", "-c", sys.argv[1], sys.argv[2]), again_after=0.0)
beside.start()
workers, until = [], time.monotonic() + 3
while time.monotonic() < until:
    worker = os.fork()
    if worker == 0:
        time.sleep(30)
        os._exit(0)
    workers.append(worker)
    time.sleep(0.02)
before = len(open(sys.argv[2]).readlines())
time.sleep(2)
after = len(open(sys.argv[2]).readlines())
for worker in workers:
    os.kill(worker, 9)
    os.waitpid(worker, 0)
beside.stop()
sys.exit(0 if 0 < before < after else 3)
"""
PARENT = (
    "import subprocess,sys,os;"
    "p=subprocess.Popen([sys.executable,'-m','motcua.config.cli','work','--beside',str(os.getpid())],"
    "start_new_session=True);print(p.pid,flush=True);sys.stdin.read()"
)


def until(true: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < give_up, "it never happened"
        time.sleep(0.05)


def written(place: Path) -> list[int]:
    return [int(line) for line in place.read_text().split()] if place.exists() else []


def test_it_ends_when_the_web_server_ends_it(tmp_path: Path):
    beside = Beside((sys.executable, "-c", WAITS, str(tmp_path / "seen")))
    beside.start()
    until(lambda: len(written(tmp_path / "seen")) == 1)
    beside.stop()
    assert not psutil.pid_exists(written(tmp_path / "seen")[0])


def test_it_is_started_again_when_it_dies(tmp_path: Path):
    beside = Beside((sys.executable, "-c", DIES, str(tmp_path / "seen")), again_after=0.01)
    beside.start()
    until(lambda: len(written(tmp_path / "seen")) >= 3)
    beside.stop()
    ran = len(written(tmp_path / "seen"))
    time.sleep(0.3)
    assert len(written(tmp_path / "seen")) == ran


def test_it_is_started_again_while_the_web_server_forks_its_workers(tmp_path: Path):
    ended = subprocess.run([sys.executable, "-c", FORKS, DIES, str(tmp_path / "seen")], timeout=PATIENCE)
    assert ended.returncode == 0, "no worker keeps what watches it from going on"


@pytest.fixture(scope="module")
def office(django_db_blocker) -> Iterator[dict[str, str]]:
    """An empty office's database, as the environment of a program."""
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        call_command("createcachetable")
        yield {**os.environ, "DATABASE_URL": make_conninfo(os.environ["DATABASE_URL"], dbname=name)}


def test_once_runs_what_is_due_and_ends(office: dict[str, str]):
    ended = subprocess.run(
        [sys.executable, "-m", "motcua.config.cli", "work", "--once"],
        env=office, capture_output=True, text=True, timeout=PATIENCE, check=True,
    )  # fmt: skip
    assert all(rule.name in ended.stdout for rule in RULES)
    runs = {run.name: run for run in RuleRun.objects.all()}
    assert runs.keys() == {rule.name for rule in RULES}
    assert not [run.error for run in runs.values() if run.error]
    assert {name for run in runs.values() for name in run.counts} == FIGURES.keys()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_it_without_a_fault(office: dict[str, str], sign: int):
    RuleRun.objects.all().delete()
    running = subprocess.Popen(
        [sys.executable, "-m", "motcua.config.cli", "work"],
        env=office,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    until(lambda: RuleRun.objects.filter(finished_at__isnull=False).count() == len(RULES))
    running.send_signal(sign)
    assert running.wait(PATIENCE) == 0
    assert running.stdout is not None
    assert b"Traceback" not in running.stdout.read()


def test_it_ends_when_the_program_that_called_it_was_killed(office: dict[str, str]):
    RuleRun.objects.all().delete()
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], env=office, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    until(lambda: RuleRun.objects.filter(finished_at__isnull=False).count() == len(RULES))
    ours = psutil.Process().nice()
    assert psutil.Process(pid).nice() == min(ours + YIELDS, 19), "whoever stands at the counter goes first"
    parent.kill()
    parent.wait()
    until(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
