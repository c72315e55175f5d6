"""Who is told what outside the console."""

import click

from bot.settings import Settings


@click.group(short_help="Say who is told what outside the console.", invoke_without_command=True)
@click.pass_context
def reach(context: click.Context) -> None:
    """Say who is told what outside the console: by e-mail, chat tools, push and webhooks."""
    if context.invoked_subcommand is None:
        from bot import wiring
        from bot.reach.trial import summary

        settings = Settings.load()
        for line in summary(wiring.reach(settings), settings):
            click.echo(f"  {line}")


@reach.command("test", short_help="Send a test message by every way.")
@click.option("--to", metavar="EMAIL", help="Send only an e-mail, to this address.")
def reach_test(to: str | None) -> None:
    """Send a test message to everybody whom reach.yml and the settings name, and say what came of it."""
    from bot import wiring
    from bot.reach.post import Channels
    from bot.reach.trial import attempts, by_mail, ways

    settings = Settings.load()
    business = wiring.business(settings)
    channels = Channels.of(settings, business)
    targets = [by_mail(to)] if to else ways(wiring.reach(settings), channels)
    if not targets:
        click.echo("  There is nobody to try. Name somebody in data/business/reach.yml, or give --to EMAIL.")
    failed = 0
    for outcome in attempts(targets, settings, business, channels):
        mark = click.style("✗", fg="red") if outcome.problem else click.style("✓", fg="green")
        failed += bool(outcome.problem)
        click.echo(f"  {mark} {outcome.target.channel} {outcome.target.name}: {outcome.problem or 'taken'}")
    if failed:
        raise SystemExit(1)
