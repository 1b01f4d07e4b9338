"""Headless Chromium over the WebDriver protocol: as much of it as the tests of the report need."""

import json
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
QUESTIONS = 20_000
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
NO_LIMITS = {"script": None, "pageLoad": 3_600_000, "implicit": 0}
"""What a page takes depends on what else runs, so that nothing here has a time limit; what ended is noticed."""


class Browser:
    """One window; ``script`` runs JavaScript in it and returns what that returns."""

    def __init__(self, profile: Path, javascript: bool = True, width: int = 1280) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.driver = subprocess.Popen(
            ["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.address = f"http://127.0.0.1:{port}"
        self._wait()
        options: dict[str, Any] = {"args": [*FLAGS, f"--user-data-dir={profile}", f"--window-size={width},900"]}
        if not javascript:
            options["prefs"] = {"profile.managed_default_content_settings.javascript": 2}
        wanted = {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL"},
            "timeouts": NO_LIMITS,
        }
        made = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.session = f"/session/{made['sessionId']}"

    def open(self, address: str) -> None:
        self._ask("POST", f"{self.session}/url", {"url": address})

    def script(self, code: str, *arguments: Any) -> Any:
        return self._ask("POST", f"{self.session}/execute/sync", {"script": code, "args": list(arguments)})

    def wait_for(self, code: str) -> None:
        """Wait until a JavaScript expression is true; the page's own work goes on between the questions."""
        for _ in range(QUESTIONS):
            if self.script(f"return Boolean({code})"):
                return
            time.sleep(0.05)
        raise AssertionError(f"not true: {code}")

    def find(self, selector: str) -> str:
        wanted = {"using": "css selector", "value": selector}
        return self._ask("POST", f"{self.session}/element", wanted)[ELEMENT]

    def click(self, selector: str) -> None:
        self._ask("POST", f"{self.session}/element/{self.find(selector)}/click", {})

    def type(self, selector: str, text: str) -> None:
        self._ask("POST", f"{self.session}/element/{self.find(selector)}/value", {"text": text})

    def text(self, selector: str) -> str:
        return self._ask("GET", f"{self.session}/element/{self.find(selector)}/text")

    def command(self, name: str, **parameters: Any) -> Any:
        """Send a command of the DevTools protocol."""
        return self._ask("POST", f"{self.session}/goog/cdp/execute", {"cmd": name, "params": parameters})

    def complaints(self) -> list[str]:
        """Return what stands in the console since the last call."""
        return [entry["message"] for entry in self._ask("POST", f"{self.session}/se/log", {"type": "browser"})]

    def close(self) -> None:
        try:
            self._ask("DELETE", self.session)
        finally:
            self.driver.terminate()
            self.driver.wait()

    def _wait(self) -> None:
        while self.driver.poll() is None:
            try:
                if self._ask("GET", "/status")["ready"]:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("chromedriver ended")

    def _ask(self, method: str, path: str, data: dict[str, Any] | None = None) -> Any:
        body = json.dumps(data).encode() if data is not None else None
        request = urllib.request.Request(self.address + path, body, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["value"]
