"""`tutor openedx-ops describe`: what the operator has to know about this environment, as one JSON object;
`tutor openedx-ops scripts -- COMMAND`: what another `do` command would run.

Not a plugin that a site enables: `tutor` of the runner image imports this module before it reads the command line, so a
site's config.yml is not touched. Of Tutor only names that have been the same from version 15 to 22 are used.
"""

import json
import re

import click
from tutor import config as tutor_config
from tutor import env, hooks, plugins
from tutor.__about__ import __version__

SECRET = re.compile(r"PASSWORD|SECRET|PRIVATE|TOKEN|KEY$")


@click.group("openedx-ops", help="For the Open edX operations operator")
def openedx_ops():
    pass


@openedx_ops.command(help="Print versions, init tasks and settings as JSON")
@click.option("--app", default="aspects", show_default=True, help="Whose init tasks")
@click.option("--setting", "names", multiple=True, help="A setting to print; not a secret")
@click.pass_obj
def describe(context, app, names):
    for name in names:
        if SECRET.search(name):
            raise click.UsageError(f"{name} looks like a secret, and secrets are not printed")
    config = tutor_config.load(context.root)
    description = {
        "tutorVersion": __version__,
        "plugins": enabled_plugins(),
        "initTasks": init_tasks(config, app),
        "settings": {name: setting(config, name) for name in names},
    }
    click.echo(json.dumps(description))


@openedx_ops.command(help="Print as JSON what `tutor k8s do COMMAND` would run in Jobs")
@click.argument("command", nargs=-1, type=click.UNPROCESSED, required=True)
@click.pass_obj
def scripts(context, command):
    config = tutor_config.load(context.root)
    name, *arguments = command
    commands = {each.name: each for each in hooks.Filters.CLI_DO_COMMANDS.iterate()}
    if name not in commands:
        raise click.UsageError(f"there is no command `do {name}`: {', '.join(sorted(commands))}")
    recorder = Recorder(context.root)
    with commands[name].make_context(name, arguments, obj=recorder) as inner:
        commands[name].invoke(inner)
    click.echo(json.dumps([rendered(config, service, script) for service, script in recorder.tasks]))


class Recorder:
    """Stands where `tutor k8s` has what runs Jobs, and only writes down what it is asked for."""

    def __init__(self, root):
        self.root = root
        self.tasks = []

    def job_runner(self, _config):
        return self

    def run_task_from_str(self, service, script):
        self.tasks.append((service, script))


def rendered(config, service, script):
    return {"service": service, "script": env.render_str(config, script).strip()}


def enabled_plugins():
    information = dict(plugins.iter_info())
    return {name: information.get(name) for name in plugins.iter_loaded()}


def init_tasks(config, app):
    """As `tutor k8s do init --limit APP` would run them, in its order."""
    tasks = hooks.Filters.CLI_DO_INIT_TASKS.iterate_from_context(hooks.Contexts.app(app).name)
    return [rendered(config, service, script) for service, script in tasks]


def setting(config, name):
    return env.render_unknown(config, config[name]) if name in config else None


hooks.Filters.CLI_COMMANDS.add_item(openedx_ops)
