# SPDX-License-Identifier: Apache-2.0
"""Logging in: authentication plugins and TLS modes, on a real dump each."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from support.rowmill import ExitCode, run

ITEMS = "items (id INT PRIMARY KEY)"


def tail_one(s, **settings: object):
    """`rowmill tail` of the row that is there, with these database.* settings."""
    s.worker.connector |= {f"database.{key.replace('_', '.')}": value for key, value in settings.items()}
    return run("tail", s.worker.files[1], "--from", s.before_the_row, "--limit", 1)


@pytest.fixture
def with_row(request, scenario, kafka):
    """A scenario with one row in its table, on the server that the test names."""

    def make(server_name: str):
        server = request.getfixturevalue(server_name)
        s = scenario(server, kafka)
        s.create(ITEMS)
        file, position, _ = server.position()
        s.before_the_row = f"{file}:{position}"
        s.sql("INSERT INTO items VALUES (1)")
        return s

    return make


def succeeded(done) -> bool:
    line = next((line for line in done.stdout.splitlines() if line.startswith("{")), "null")
    return done.returncode == ExitCode.SUCCESS and json.loads(line)["key"] == {"id": 1}


@pytest.mark.parametrize("mode", ["disabled", "preferred", "required"])
def test_caching_sha2_password(with_row, mysql, mode):
    s = with_row("mysql")
    user = f"fresh_{mode}"  # not in the server's cache: the whole exchange, with RSA where there is no TLS
    mysql.sql(
        f"CREATE USER {user}@'%' IDENTIFIED WITH caching_sha2_password BY 'pass word'",
        f"GRANT REPLICATION SLAVE, REPLICATION CLIENT, SELECT ON *.* TO {user}@'%'",
    )
    done = tail_one(s, user=user, password="pass word", ssl_mode=mode)
    assert succeeded(done), done.stdout


def test_ed25519(with_row, mariadb):
    s = with_row("mariadb")
    done = tail_one(s, user=mariadb.env["ED25519_USER"])
    assert succeeded(done), done.stdout
    wrong = tail_one(s, password="wrong")
    assert wrong.returncode == ExitCode.CONFIG and "database.password" in wrong.stdout


def test_user_that_needs_tls(with_row, mysql):
    s = with_row("mysql")
    mysql.sql(
        "CREATE USER secure@'%' IDENTIFIED BY 'secure' REQUIRE SSL",
        "GRANT REPLICATION SLAVE, REPLICATION CLIENT, SELECT ON *.* TO secure@'%'",
    )
    refused = tail_one(s, user="secure", password="secure", ssl_mode="disabled")
    assert refused.returncode == ExitCode.CONFIG, refused.stdout
    for mode in ("preferred", "required"):
        assert succeeded(tail_one(s, ssl_mode=mode))


def test_certificate_of_the_server_is_verified(with_row, mysql, tmp_path):
    s = with_row("mysql")
    trusted = tail_one(s, ssl_mode="verify_ca", ssl_ca=mysql.env["TLS_CA"])
    assert succeeded(trusted), trusted.stdout
    stranger = tail_one(s, ssl_ca=authority(tmp_path / "other.pem"))
    assert stranger.returncode == ExitCode.CONFIG and "database.ssl.ca" in stranger.stdout, stranger.stdout
    # The server made its certificate itself, in a name that is not the host's.
    named = tail_one(s, ssl_mode="verify_identity", ssl_ca=mysql.env["TLS_CA"])
    assert named.returncode == ExitCode.CONFIG and "database.ssl.mode" in named.stdout, named.stdout


def test_server_without_tls(with_row, mariadb):
    s = with_row("mariadb")
    assert succeeded(tail_one(s, ssl_mode="preferred"))
    refused = tail_one(s, ssl_mode="required")
    assert refused.returncode == ExitCode.CONFIG and "TLS" in refused.stdout, refused.stdout


def authority(path: Path) -> Path:
    """A certificate authority that has signed nothing."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Somebody else")])
    now = datetime.utcnow()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return path
