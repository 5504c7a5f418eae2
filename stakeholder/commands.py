"""A command line whose commands are loaded when they are asked for."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import click
from sqlalchemy.exc import OperationalError

from stakeholder.errors import StakeholderError

Place = str | Callable[[], click.Command]
"""Where a command is: "module:name", or what makes it."""


class Commands(click.Group):
    """The command line; refusals are printed as one clear line, exit status 1."""

    def __init__(self, *arguments: Any, places: Mapping[str, Place], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.places = places

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of all commands, in order."""
        return list(self.places)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None where there is none."""
        place = self.places.get(cmd_name)
        if not isinstance(place, str):
            return place and place()
        module, name = place.split(":")
        found: click.Command = getattr(import_module(module), name)
        return found

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except StakeholderError as problem:
            raise click.ClickException(str(problem)) from problem
        except OperationalError as problem:
            raise click.ClickException(
                f"The database cannot be reached or is busy: {problem.orig}\nLook at DATABASE_URL, then try again."
            ) from problem
