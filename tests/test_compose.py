"""``docker-compose.yml``: a server that nobody else reaches, with a password of one's own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import missing
from tests.neo4j.server import LTS

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docker-compose.yml"


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["services"]
    return told


def test_is_a_compose_file() -> None:
    """The file is valid by the compose specification's own schema, as check-jsonschema ships it."""
    if shutil.which("check-jsonschema", path=str(Path(sys.executable).parent)) is None:
        missing("compose", "check-jsonschema is not installed")
    told = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    ran = subprocess.run([*told, str(FILE)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.skipif(
    shutil.which("docker") is None
    or subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode
    != 0,
    reason="this docker has no compose",
)
def test_docker_understands_it(tmp_path: Path) -> None:
    """``docker compose config`` takes it with a password, and asks for one without."""
    shutil.copy(FILE, tmp_path)
    asked = ["docker", "compose", "--profile", "load", "config", "--format", "json"]
    without = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert without.returncode != 0
    assert "Set NEO4J_PASSWORD in the file .env" in without.stderr
    (tmp_path / ".env").write_text("NEO4J_PASSWORD=longer-than-8\n", encoding="utf-8")
    told = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert json.loads(told.stdout)["services"].keys() == {"neo4j", "load"}


def test_runs_the_version_that_is_tested(services: dict[str, Any]) -> None:
    """The server is the release that these tests run."""
    assert services["neo4j"]["image"] == f"neo4j:{LTS}"


def test_is_reached_from_this_machine_only(services: dict[str, Any]) -> None:
    """Every port that is published is on the loopback address."""
    ports = services["neo4j"]["ports"]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_has_no_password_of_its_own(services: dict[str, Any]) -> None:
    """The password is in .env alone; a missing one stops with a sentence that says what to do."""
    for told in (services["neo4j"]["environment"]["NEO4J_AUTH"], services["load"]["environment"]):
        text = told if isinstance(told, str) else told["NEO4J_PASSWORD"]
        found = re.search(r"\$\{NEO4J_PASSWORD:\?([^}]+)\}$", text)
        assert found
        assert found[1].startswith("Set NEO4J_PASSWORD in the file .env")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert re.search(r"^NEO4J_PASSWORD=$", example, re.MULTILINE)
    assert ".env" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


def test_is_healthy_when_one_can_log_in(services: dict[str, Any]) -> None:
    """The health check logs in with the password; ``load`` waits for it; memory is bounded."""
    check = services["neo4j"]["healthcheck"]["test"]
    assert "cypher-shell" in check[1]
    assert "NEO4J_AUTH#neo4j/" in check[1]
    assert services["load"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert services["load"]["profiles"] == ["load"]
    assert all(service["deploy"]["resources"]["limits"]["memory"] for service in services.values())
