# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The two roles of Dijkring and its database; the migrations do the rest."""

import psycopg
from psycopg import sql

from dijkring.cli.embedded.secrets_file import Secrets
from dijkring.cli.embedded.server import HOST, SUPERUSER
from dijkring.cli.errors import UserError

OWNER, APP, DATABASE = "dijkring_owner", "dijkring_app", "dijkring"

# The owner passes the row security to migrate all tenants; whoever serves pages never does.
OWNER_RIGHTS = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS"
APP_RIGHTS = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"


def url(role: str, password: str, port: int, database: str = DATABASE) -> str:
    """Write the address of a database; the passwords are url-safe as they are made."""
    return f"postgresql://{role}:{password}@{HOST}:{port}/{database}"


def ensure_roles(port: int, secrets: Secrets) -> None:
    """Make the roles and the database that are missing; raises UserError when we may not enter."""
    address = url(SUPERUSER, secrets.superuser_password, port, "postgres")
    try:
        with psycopg.connect(address, autocommit=True, connect_timeout=10) as connection:
            ensure_role(connection, OWNER, OWNER_RIGHTS, secrets.owner_password)
            ensure_role(connection, APP, APP_RIGHTS, secrets.app_password)
            ensure_database(connection)
    except psycopg.OperationalError as error:
        raise UserError(
            "De database weigert het wachtwoord uit secrets.json; zet dat bestand terug uit uw "
            f"reservekopie ({str(error).splitlines()[-1]}).",
            "The database refuses the password in secrets.json; restore that file.",
        ) from error


def ensure_role(connection: psycopg.Connection, role: str, rights: str, password: str) -> None:
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    statement = "ALTER ROLE {} " if found else "CREATE ROLE {} "
    connection.execute(
        sql.SQL(statement + rights + " PASSWORD {}").format(
            sql.Identifier(role), sql.Literal(password)
        )
    )


def ensure_database(connection: psycopg.Connection) -> None:
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
    if found.fetchone() is None:
        name, owner = sql.Identifier(DATABASE), sql.Identifier(OWNER)
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
        connection.execute(
            sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(
                name, sql.Identifier(APP)
            )
        )
