# SPDX-License-Identifier: Apache-2.0
"""Run novark, and tell Ansible what came of it."""

DOCUMENTATION = r"""
module: novark
short_description: run novark, and tell what it changed
description:
  - Runs one subcommand of novark with C(--json); what changed, what failed and
    the diff are what its document says.
  - In check mode a restore, also C(--resume) and C(--undo), is a dry run,
    C(audit) and C(verify) run as ever, and nothing else is run.
options:
  argv:
    description: the program, its subcommand and their arguments.
    type: list
    elements: str
    required: true
  files:
    description:
      - Files that it reads, each with I(path) and I(content); they are written
        where they are not so, mode 0600, in check mode, too.
    type: list
    elements: dict
    default: []
  sign:
    description:
      - The private key for C(--sign), handed over in memory; it is never in a file.
    type: str
  decrypt:
    description: The private key for C(--decrypt), likewise.
    type: str
  encrypt_to:
    description: Certificates for C(--encrypt-to), likewise.
    type: list
    elements: str
    default: []
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
"""

EXAMPLES = r"""
- name: Bring it back
  novark:
    argv: [novark, restore, node.bundle, --trust, move.pub, --map-file, move.map]
    files:
      - path: move.map
        content: 10.2.116.14 = 10.2.15.3
"""

RETURN = r"""
exit:
  description: novark's exit code.
  type: int
outcome:
  description: the same as a word (done, failed, usage, refused, differs, partial,
    unsafe).
  type: str
message:
  description: novark's last line.
  type: str
"""

import json
import os
import tempfile

from ansible.module_utils.basic import AnsibleModule

# Of novark's document what is worth keeping; the rest may be large.
KEPT = ("outcome", "exit", "message", "errors", "findings", "missing", "id",
        "restore_id", "receipt", "counts", "next_steps")

# The lists that tell why it ended so.
SHOWN = ("findings", "drift", "differences", "leftovers", "missing")

# The records of a plan that are changes to be made.
CHANGES = ("create", "change")


def said(document):
    """Why it ended as it did, in one text."""
    lines = list(document.get("errors") or [])
    for kind in SHOWN:
        for record in document.get(kind) or []:
            lines.append("%s %s: %s" % (
                record.get("name") or record.get("type"),
                record.get("item") or "", record.get("text") or ""))
    lines.append("%s: %s" % (document["outcome"], document.get("message")))
    return "\n".join(lines)


def show_cell(cell):
    """What changes of a value: novark's own diff, or both sides; masked."""
    if "diff" in cell:
        return cell["diff"].splitlines()
    lines = []
    for side, sign in (("before", "-"), ("after", "+")):
        if cell.get(side) is not None:
            lines += [sign + "%s %s" % (cell["name"], line)
                      for line in cell[side].splitlines()]
    return lines


def show_plan(records):
    """The plan as a diff."""
    lines = []
    for record in records:
        if record.get("type") not in CHANGES:
            continue
        lines.append("%s %s" % (record["type"], record.get("item")))
        for cell in record.get("cells", []):
            lines += show_cell(cell)
    return "".join(line + "\n" for line in lines)


def show_items(document):
    """What a resume makes or an undo takes back, as a diff."""
    verb = "take back" if document["way"] == "undo" else "make"
    lines = ["%s %s" % (verb, record.get("item"))
             for record in document["items"]]
    if document.get("rows"):
        lines.append("%s %d rows" % (verb, document["rows"]))
    return "".join(line + "\n" for line in lines)


def planned(document):
    """How many changes a dry run tells of."""
    if "way" in document:
        return document.get("todo", 0)
    counts = document.get("counts") or {}
    return sum(sum(counts.get(what, {}).values()) for what in CHANGES)


def is_changed(verb, argv, document):
    """Did it change anything, or would it?"""
    if verb in ("snapshot", "keygen"):
        return document["exit"] == 0
    if verb != "restore" or "--preflight" in argv:
        return False
    if "--dry-run" in argv:
        return document["exit"] == 0 and planned(document) > 0
    return bool(document.get("changed"))


def complete(module, argv):
    """The arguments that Ansible's mode adds; None: it is not to be run."""
    verb = argv[1]
    if verb == "restore" and not {"--dry-run", "--preflight"} & set(argv):
        return argv + ["--dry-run" if module.check_mode else "--yes"]
    if verb in ("snapshot", "keygen") and module.check_mode:
        return None
    return argv


def text(content):
    """As a file has it, with a newline at the end."""
    return content.rstrip("\n") + "\n"


def put_file(path, content):
    """Write a file where it is not so; the diff, if it was not."""
    before = ""
    if os.path.exists(path):
        with open(path, encoding="utf-8", errors="replace") as f:
            before = f.read()
        if before == content:
            return None
    # For its owner alone, and whole or not at all.
    fd, name = tempfile.mkstemp(prefix=".novark.", dir=os.path.dirname(path) or ".")
    with os.fdopen(fd, "w", encoding="utf-8") as f:
        f.write(content)
    os.replace(name, path)
    return {"before_header": path, "after_header": path,
            "before": before, "after": content}


def hand_over(params):
    """Options with keys and certificates, and the descriptors that they name."""
    argv, fds = [], []
    given = [("--sign", params["sign"]), ("--decrypt", params["decrypt"])]
    given += [("--encrypt-to", one) for one in params["encrypt_to"]]
    for option, content in given:
        if not content:
            continue
        fd = os.memfd_create("novark")
        os.fchmod(fd, 0o600)
        os.write(fd, text(content).encode())
        argv += [option, "/dev/fd/%d" % fd]
        fds.append(fd)
    return argv, fds


def run(module, argv):
    """novark's document."""
    program = module.get_bin_path(argv[0], opt_dirs=["/usr/local/bin"])
    if program is None:
        module.fail_json(msg="there is no program %s here: install novark, or "
                         "set novark_program" % argv[0])
    keys, fds = hand_over(module.params)
    code, out, err = module.run_command(
        [program] + argv[1:] + keys + ["--json"], pass_fds=fds)
    try:
        document = json.loads(out)
        document["exit"] = int(document["exit"])
        document["outcome"] = str(document["outcome"])
    except (ValueError, KeyError, TypeError):
        module.fail_json(msg="%s ended with %d and without a document: %s"
                         % (argv[0], code, err.strip()), exit=code)
    return document


def main():
    module = AnsibleModule(
        argument_spec={
            "argv": {"type": "list", "elements": "str", "required": True},
            "files": {"type": "list", "elements": "dict", "default": [],
                      "options": {"path": {"type": "path", "required": True},
                                  "content": {"type": "str", "required": True}}},
            "sign": {"type": "str", "no_log": True},
            "decrypt": {"type": "str", "no_log": True},
            "encrypt_to": {"type": "list", "elements": "str", "default": []},
        },
        supports_check_mode=True,
    )
    argv = module.params["argv"]
    if len(argv) < 2:
        module.fail_json(msg="argv: a program and its subcommand are needed")
    argv = complete(module, argv)
    if argv is None:
        module.exit_json(changed=True, message="not run in check mode")
    try:
        put = [put_file(f["path"], text(f["content"]))
               for f in module.params["files"]]
    except OSError as why:
        module.fail_json(msg="a file cannot be written: %s" % why)
    diff = [d for d in put if d is not None]
    document = run(module, argv)
    if isinstance(document.get("join"), dict):
        document["missing"] = document["join"]["missing"]
    result = {key: document[key] for key in KEPT if key in document}
    result["changed"] = bool(diff) or is_changed(argv[1], argv, document)
    if module._diff and document.get("changes"):
        diff.append({"prepared": show_plan(document["changes"])})
    elif module._diff and document.get("items") and "way" in document:
        diff.append({"prepared": show_items(document)})
    if module._diff:
        result["diff"] = diff
    if document["exit"] != 0:
        for key in ("errors", "message", "next_steps") + SHOWN:
            result.pop(key, None)
        module.fail_json(msg=said(document), **result)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
