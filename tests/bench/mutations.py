"""Plans as no author should write them: a valid text, broken in one of many ways."""

from collections.abc import Callable
from random import Random

Mutation = Callable[[bytes, Random], bytes]

_VALUES = (
    "",
    "~",
    "0",
    "007",
    "no",
    "8:30",
    "31/2/2022",
    "20/5 - 04/5/2022",
    "[]",
    "{}",
    "[a, [b, {c: d}]]",
    "{a: {b: c}}",
    "!!python/object:os.system x",
    "!!int abc",
    "*khong-co",
    "&a b",
    '"\\u0000"',
    "|\n  nhiều dòng\n  nữa",
    "'không khép",
    "[không khép",
    "\t tab",
    "@",
    "%",
    "..",
    "9" * 5000,
    "ế" * 20_000,
    "a\u0301" * 2_000,
    "\U0010ffff\u202e\ufeff",
)
_KEYS = ("title", "events", "when", "id", "allow", "", "?", "- ", "<<", "khoá lạ", "number", "date")
_BODY = (
    "[[[[" * 2_000,
    "](" * 2_000,
    "**" * 2_000,
    "`" * 3_001,
    "<" * 5_000,
    "<!--" * 2_000,
    "<a href=" * 1_000,
    "[^1]" * 2_000,
    "|-" * 3_000,
    "> " * 2_000,
    "- " * 2_000,
    "I. 1. a) (1) " * 500,
    "“" * 3_000,
    "(" * 5_000,
    "\n\n1. x" * 1_000,
    "\n# \n###### x" * 500,
    "\n```\n",
    "\n<script>\n<style>\n",
    "[x](http://[) [y](//) ![](javascript:alert(1)) [z](../../../../x.md#y)",
    "![a](%00) [b](%ff#%e1) [c](?q#)",
    "A&" * 3_000,
    "ABCDEFGHIJKLMN-" * 1_000,
)


def mutate(plan: bytes, random: Random) -> bytes:
    """`plan` after one to three mutations."""
    for _ in range(random.randint(1, 3)):
        plan = random.choice(_MUTATIONS)(plan, random)
    return plan


def _cut(plan: bytes, random: Random) -> bytes:
    start, end = sorted((random.randint(0, len(plan)), random.randint(0, len(plan))))
    return plan[:start] if random.randint(0, 1) else plan[:start] + plan[end:]


def _random_bytes(plan: bytes, random: Random) -> bytes:
    return _insert(plan, random, random.randbytes(random.randint(1, 20)))


def _flip(plan: bytes, random: Random) -> bytes:
    at = random.randrange(len(plan) + 1)
    return (
        plan[:at]
        + random.choice(b"\x00\x01\x1b\x7f\xff:-[]{}#&*!|>'\"%@` \t\n\r").to_bytes()
        + plan[at + 1 :]
    )


def _swap_lines(plan: bytes, random: Random) -> bytes:
    lines = plan.split(b"\n")
    first, second = random.randrange(len(lines)), random.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return b"\n".join(lines)


def _repeat_line(plan: bytes, random: Random) -> bytes:
    lines = plan.split(b"\n")
    at = random.randrange(len(lines))
    return b"\n".join(
        lines[:at] + lines[at : at + 1] * random.choice((2, 3, 300)) + lines[at + 1 :]
    )


def _indent(plan: bytes, random: Random) -> bytes:
    lines = plan.split(b"\n")
    at = random.randrange(len(lines))
    lines[at] = b" " * random.randint(1, 9) + lines[at].lstrip()
    return b"\n".join(lines)


def _retype(plan: bytes, random: Random) -> bytes:
    """Another value for one key."""
    return _change_key_line(plan, random, lambda key, value: (key, random.choice(_VALUES)))


def _rename(plan: bytes, random: Random) -> bytes:
    return _change_key_line(plan, random, lambda key, value: (random.choice(_KEYS), value))


def _change_key_line(
    plan: bytes, random: Random, change: Callable[[str, str], tuple[str, str]]
) -> bytes:
    lines = plan.split(b"\n")
    keyed = [index for index, line in enumerate(lines) if b": " in line]
    if keyed:
        at = random.choice(keyed)
        key, _, value = lines[at].decode("utf-8", "replace").partition(": ")
        bare = key.lstrip(" -")
        changed, value = change(bare, value)
        lines[at] = f"{key[: len(key) - len(bare)]}{changed}: {value}".encode()
    return b"\n".join(lines)


def _nest(plan: bytes, random: Random) -> bytes:
    depth = random.choice((13, 100, 5_000))
    nested = random.choice(("[" * depth, "{a: " * depth, "[" * depth + "]" * depth, "- " * depth))
    return plan.replace(b"\n", f"\nx: {nested}\n".encode(), 1)


def _bomb(plan: bytes, random: Random) -> bytes:
    """A billion laughs: each line nine times the one before."""
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return plan.replace(b"\n", ("\n" + "\n".join(levels) + "\n").encode(), 1)


def _long_line(plan: bytes, random: Random) -> bytes:
    return _insert(plan, random, random.choice((b"a", b"a ", "ế".encode(), b"- ", b". ")) * 50_000)


def _break_body(plan: bytes, random: Random) -> bytes:
    body = plan.rfind(b"\n---\n") + 5
    at = random.randint(body, len(plan)) if body < len(plan) else len(plan)
    return plan[:at] + random.choice(_BODY).encode() + plan[at:]


def _recode(plan: bytes, random: Random) -> bytes:
    text = plan.decode("utf-8", "replace")
    return text.encode(
        random.choice(("utf-16", "utf-32", "cp1258", "utf-8-sig", "utf-7")), "replace"
    )


def _line_ends(plan: bytes, random: Random) -> bytes:
    return plan.replace(b"\n", random.choice((b"\r\n", b"\r", b"\x0b", "\u2028".encode(), b"\n\n")))


def _insert(plan: bytes, random: Random, piece: bytes) -> bytes:
    at = random.randint(0, len(plan))
    return plan[:at] + piece + plan[at:]


_MUTATIONS: tuple[Mutation, ...] = (
    *(_cut, _random_bytes, _flip, _swap_lines, _repeat_line, _indent, _retype, _retype, _retype),
    *(_rename, _nest, _bomb, _long_line, _break_body, _break_body, _recode, _line_ends),
)
