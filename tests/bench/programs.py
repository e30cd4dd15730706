# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs that a benchmark asks in turn. One that is gone says so, and how it ended."""

import json
import os
import signal
import subprocess


class Ended(Exception):
    """A program that was asked something is gone; the message says which, how it ended, and what it was asked."""


class Program:
    """A process that answers one line with one line."""

    def __init__(self, name, command, environment=None):
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, **(environment or {})})

    def ask(self, line):
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise Ended(f"{self.name} {self.end()} when it was asked: {line}")
        return answer.strip()

    def ask_json(self, **command):
        return json.loads(self.ask(json.dumps(command)))

    def close(self):
        """Lets it end by itself."""
        self.process.stdin.close()
        self.process.wait()

    def end(self):
        """How the process ended."""
        code = self.process.wait()
        if code >= 0:
            return f"ended with exit status {code}"
        name = signal.Signals(-code).name
        return f"was ended by {name}" + (", which may be for want of memory," if name == "SIGKILL" else "")
