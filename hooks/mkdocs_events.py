"""MkDocs' events in MkDocs' order (https://www.mkdocs.org/dev-guide/plugins/#events)."""

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from kehoach import building


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    building.prepare(config)
    config.theme.static_templates -= {"404.html", "sitemap.xml"}
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    served = [file for file in files if building.is_served(file.src_uri)]
    return Files([building.place(file, config) for file in served])


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    building.take_layouts(config, env)
    return env


def on_post_build(config: MkDocsConfig) -> None:
    building.finish(config)
