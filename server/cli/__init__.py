"""`alder ...`: every command of an installation, one clear line and exit code 2 where the input is wrong."""

from __future__ import annotations

import argparse
import logging
import os
import re
import sys
import textwrap
from collections.abc import Sequence
from typing import NoReturn

from server.cli import commands, doctor, printing, serving
from server.errors import AlderError
from server.resources.mapping import EXAMPLE, OURS
from server.settings import Settings
from server.stores import as_unavailable

log = logging.getLogger("alder")


DISK = "The disk is full or failing, or the database does not answer. Nothing was half done. Mend that, then try again."


IMPORT_SAYS = """Read a package of services into the directory.

PATH is an HSDS package (1.1, 2.x, 3.x): a zip, a folder of CSV or JSON files, a JSON file (a list, a page of an API,
or one document), or ndjson (a document a line). Or a plain CSV, a line a service, with --mapping FILE:

EXAMPLE
"Ours" are: OURS.

Rows that cannot be taken are named with their line and the reason. What staff checked is never overwritten.
""".replace("OURS", textwrap.fill(", ".join(sorted(OURS)), 110)).replace("EXAMPLE", textwrap.indent(EXAMPLE, "  "))


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line; argparse would print the whole usage first."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"alder: {message}. See `{self.prog} --help`.\n")
        raise SystemExit(2)


def parser() -> argparse.ArgumentParser:
    top = OneLineParser(prog="alder", description="Alder: a directory of help behind an ordinary calculator.")
    sub = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=OneLineParser)

    def command(name: str, run: object, said: str, data: bool = True) -> argparse.ArgumentParser:
        added = sub.add_parser(name, help=said, description=said)
        added.set_defaults(run=run)
        if data:
            added.add_argument("--data", metavar="DIR", help="folder of the databases (ALDER_DATA)")
        return added

    serve = command("serve", serving.serve, "Serve the members' app and the staff app.")
    serve.add_argument("--port", type=port, default=8000, metavar="N", help="members' address (8000)")
    serve.add_argument("--staff-port", type=port, default=8001, metavar="M", help="staff address (8001)")
    serve.add_argument("--demo", action="store_true", help="fictional services and staff; shows what nobody checked")

    routes = command("routes", commands.routes, "List every address of both apps and who may use it.", data=False)
    routes.add_argument("--json", action="store_true")
    schema = command("schema", commands.schema, "List every table and column of every store.", data=False)
    schema.add_argument("--json", action="store_true")

    load = command("import", commands.import_, "Read a package of services into the directory: HSDS or your own CSV.")
    load.formatter_class = argparse.RawDescriptionHelpFormatter
    load.description = IMPORT_SAYS
    load.add_argument("path", metavar="PATH")
    load.add_argument("--source", type=source, metavar="NAME", help="whose next version it is (else by its own name)")
    load.add_argument("--mapping", metavar="FILE", help="for a plain CSV: what its columns are (TOML or JSON)")
    load.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")
    load.add_argument("--json", action="store_true", help="the report as JSON")

    export = command("export", commands.export, "Write the open directory as HSDS 3.1 into a new folder.")
    export.add_argument("folder", metavar="DIR")
    export.add_argument("--format", choices=["json", "csv"], default="json", help="documents, or tables (json)")

    search = command("search", commands.search, "Search the directory as the page would.")
    search.add_argument("words", nargs="*", metavar="WORDS")
    search.add_argument("--need", action="append", default=[], help="a need, as picked by touch")
    search.add_argument("--language", default="", metavar="xx", help="services that speak this language")
    search.add_argument("--open", action="store_true", help="open now")
    search.add_argument("--facet", action="append", default=[], metavar="FACET", help="no_id, free, room ...")
    search.add_argument("--near", default="", metavar="PLACE", help="a town: the nearer ones first")
    search.add_argument("--as-typed", action="store_true", help="mend no typing mistakes")
    search.add_argument("--page", type=int, default=1, metavar="N", help="twenty results each")
    search.add_argument("--json", action="store_true")

    staff = command("staff", commands.staff, "Add a member of staff (prints a set-up code), set up anew, or end.")
    staff.add_argument("act", choices=["add", "reset", "end"])
    staff.add_argument("name", metavar="NAME")
    staff.add_argument("--role", action="append", default=[], metavar="ROLE", help="with add; more than once")

    door = command("door", commands.door, "List, add or drop the codes that open the door.")
    door.add_argument("act", choices=["list", "add", "drop"], nargs="?", default="list")
    door.add_argument("what", nargs="?", default="", metavar="NAME|CODE", help="whom the code is for; the code to drop")

    printed = command("cards", printing.cards, "Write a page of neutral cards to print: address, picture, door code.")
    printed.add_argument("out", metavar="OUT.html")
    printed.add_argument("--address", required=True, metavar="URL", help="where people open the calculator")
    printed.add_argument("--code", default="", help="which door code (the first)")
    printed.add_argument("--count", type=int, default=10, metavar="N", help="for each language (10)")
    printed.add_argument("--language", action="append", default=[], metavar="xx", help="more than once; else all")

    keys = command("keys", commands.keys, "Make a new key and seal everything with it.")
    keys.add_argument("act", choices=["rotate"])

    command("doctor", doctor.doctor, "Check this installation and say what to mend.")
    return top


def port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is not a port")
    return int(text)


def source(text: str) -> str:
    if not re.fullmatch("[a-z0-9_]{1,64}", text):
        raise argparse.ArgumentTypeError("a source is named in small letters a to z, digits and _")
    return text


def main(words: Sequence[str] | None = None) -> int:
    os.umask(0o077)  # databases, keys and exports are for the operator's own user alone
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    asked = parser().parse_args(words)
    try:
        return int(asked.run(asked) or 0)
    except AlderError as fault:
        sys.stderr.write(f"alder: {(fault.message % fault.values) if fault.values else fault.message}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader went away (`alder search ... | head`): nothing to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as fault:
        if as_unavailable(fault) is None:
            raise
        sys.stderr.write(f"alder: {DISK}\n")
        return 2


__all__ = ["Settings", "main", "parser"]
