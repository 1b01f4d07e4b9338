import click
@click.command()
def derive(): "d"
@click.command()
def docs(): "d"
