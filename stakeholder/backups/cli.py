"""Commands for backups and the way back."""

from datetime import UTC, datetime
from pathlib import Path

import click

from stakeholder.backups.folder import BackupFolder
from stakeholder.backups.key_copies import forget_copies
from stakeholder.backups.making import back_up
from stakeholder.backups.restoring import restore
from stakeholder.backups.sealed_copy import read_identity
from stakeholder.installation import installation


@click.command("backup-key")
@click.option("--new", "instead", is_flag=True, help="Another key for the backups to come; old ones keep theirs.")
def backup_key(instead: bool) -> None:
    """Make the key that opens backups and print it once. It is not kept on this machine: keep it in a safe.

    \b
    Example:
      stakeholder backup-key
    """
    folder = BackupFolder(installation().backups)
    private = folder.choose_new_key(instead=instead)
    forget_copies(folder.keys)
    click.echo(f"{private}\n")
    click.echo("Without this line no backup can ever be opened. Print it or write it down, twice, and keep both away")
    click.echo("from this machine. From now on a backup is made each night while 'stakeholder serve' runs.")


@click.command("backup")
def backup_command() -> None:
    """Make a backup now, sealed so that only the key from 'stakeholder backup-key' opens it. Serving goes on.

    \b
    Example:
      stakeholder backup
    """
    here = installation()
    made = back_up(here.database, BackupFolder(here.backups), here.keys, now=datetime.now(UTC), days=here.backup_days)
    click.echo(f"{made.path}: {made.rows:,} rows, {made.size / 1e6:,.1f} MB. Keys with a sealed copy: {made.keys}.")
    if made.deleted:
        click.echo(f"Deleted, older than {here.backup_days} days: {made.deleted}.")


@click.command("restore")
@click.argument("backup", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with the private key.",
)
@click.option("--replace", is_flag=True, help="Set the database that is there aside (SQLite).")
def restore_command(backup: Path, key: Path, replace: bool) -> None:
    """Bring back the database of a BACKUP and the keys copied beside it. Stop the server first.

    \b
    Example:
      stakeholder restore data/backups/databases/2026-11-26T030000.000000Z.backup.age --key /media/safe/backup-key.txt
    """
    here, now = installation(), datetime.now(UTC)
    done = restore(here, backup, read_identity(key), replace=replace, now=now)
    moment = f"{done.manifest.made_at:%d %B %Y, %H:%M}"
    click.echo(f"Back at {moment} UTC: {done.rows:,} rows, all counted. Keys put back: {done.keys}.")
    if done.kept:
        click.echo(f"The database that was here lies at {done.kept}.")
