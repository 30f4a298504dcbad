"""MkDocs' events in MkDocs' order (https://www.mkdocs.org/dev-guide/plugins/#events)."""

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from kehoach.building.mkdocs_adapter import begin, run_of


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    begin(config)
    config.theme.static_templates -= {"404.html", "sitemap.xml"}
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    run = run_of(config)
    return Files([run.place(file) for file in files if run.serves(file)])


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    run_of(config).take_layouts(env)
    return env


def on_post_build(config: MkDocsConfig) -> None:
    run_of(config).finish()


class _NoSettings(Config):
    """No settings: they stand in `extra`, whoever hands MkDocs' events over."""


class Kehoach(BasePlugin[_NoSettings]):
    """The same events for a department whose `mkdocs.yml` says `plugins: [kehoach]`."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        return on_config(config)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        return on_files(files, config)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        return on_env(env, config, files)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        on_post_build(config)
