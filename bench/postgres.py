"""A PostgreSQL server of one's own, on a socket in a folder of its own: for tests and benches. Its data are not kept."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

import psycopg
from psycopg import sql

# A crash may lose everything: nothing of it is needed afterwards.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SETTINGS = ("listen_addresses=", "shared_buffers=256MB", "max_wal_size=2GB", "max_connections=60", "logging_collector=off")
_WAIT = 30.0


def programs() -> Path | None:
    """The folder of the server's programs: the newest of Debian's, or where the path finds them; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).resolve().parent if elsewhere else None


class Cluster:
    """A running server; `with Cluster(programs) as cluster: cluster.create("one")`. `careless`: no write waits for the disk.

    It sorts words by the rules of English, as a team's server may, so that no answer can rest on the order of bytes. Root may not
    run PostgreSQL: then the system's user `postgres` does, or `nobody`.
    """

    def __init__(self, folder: Path, *, careless: bool = True) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="rashomon-pg-"))
        self._as: dict[str, int] = {}
        if os.geteuid() == 0:
            known = {each.pw_name: each for each in pwd.getpwall()}
            other = known.get("postgres") or known["nobody"]
            os.chown(self._home, other.pw_uid, other.pw_gid)
            self._as = {"user": other.pw_uid, "group": other.pw_gid}
        data = str(self._home / "data")
        started = [str(folder / "initdb"), "-D", data, "-U", "rashomon", "-A", "trust", "-E", "UTF8", "--no-sync",
                   "--no-instructions", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US"]
        subprocess.run(started, check=True, stdout=subprocess.DEVNULL, cwd=self._home, **self._as)
        # That one role needs its password, as everybody does on a team's server.
        rules = Path(data, "pg_hba.conf")
        rules.write_text(f"local all guarded scram-sha-256\n{rules.read_text()}")
        settings = [*SETTINGS, f"unix_socket_directories={self._home}", *(CARELESS if careless else ())]
        self._command = [str(folder / "postgres"), "-D", data, *(word for each in settings for word in ("-c", each))]
        self._log = (self._home / "log").open("wb")
        self.start()

    def start(self) -> None:
        """Start the server, anew after a `halt`."""
        self._server = subprocess.Popen(self._command, stdout=self._log, stderr=self._log, cwd=self._home, **self._as)
        self._wait()

    def halt(self) -> None:
        """End the server, and every connection to it, as an orderly stop does. Its data stay."""
        self._server.send_signal(signal.SIGINT)
        self._server.wait(_WAIT)

    @property
    def pid(self) -> int:
        """The server's process."""
        return int(self._server.pid)

    def cpu_seconds(self) -> float:
        """CPU seconds of the server and all its children, so far."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rsplit(")", 1)[1].split()
            except OSError:  # it has ended meanwhile
                continue
            if self.pid in (int(stat.parent.name), int(fields[1])):
                # A child that has ended counts with its parent.
                ticks += sum(map(int, fields[11:15] if int(stat.parent.name) == self.pid else fields[11:13]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def address(self, name: str) -> str:
        """The address of that database, as a ledger takes it."""
        return f"postgresql://rashomon@/{name}?host={self._home}"

    def create(self, name: str, template: str = "template0") -> str:
        """A new database that holds what the template holds; its address."""
        self._ask(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return self.address(name)

    def drop(self, name: str) -> None:
        """Drop the database, whoever is in it."""
        self._ask(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self) -> None:
        """Stop the server at once and remove its data."""
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(_WAIT)
        self._log.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def _ask(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def _wait(self) -> None:
        end = time.monotonic() + _WAIT
        while True:
            try:
                psycopg.connect(self.address("postgres")).close()
                return
            except psycopg.OperationalError as error:
                if self._server.poll() is not None or time.monotonic() > end:
                    said = (self._home / "log").read_text(errors="replace")
                    raise RuntimeError(f"PostgreSQL does not start: {said}") from error
                time.sleep(0.05)

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()
