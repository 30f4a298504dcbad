"""Typed records of what a department plans, read from `content/`. Records know nobody else."""
