"""People who answer."""

import click

from bot.settings import Settings


@click.command(short_help="Add a person who answers, or renew a password.")
@click.argument("email")
@click.option("--name", default="", help="What customers see when this person joins; needed for a new one.")
@click.option("--owner", is_flag=True, help="May also change settings; for new people.")
@click.option("--drop-second-factor", is_flag=True, help="For somebody who lost phone and recovery codes.")
def agent(email: str, name: str, owner: bool, drop_second_factor: bool) -> None:
    """Add a person who answers, or give one a new password; prints the password once.

    A known person is signed out everywhere, and enabled again if an owner had disabled them.
    """
    from bot.desk.people import admit
    from bot.storage.engine import Database

    database = Database(Settings.load().database_url)
    database.migrate()
    password = admit(database, email, name, owner=owner, drop_second_factor=drop_second_factor)
    database.close()
    click.echo(f"{email} signs in at /console with the password  {password}")
