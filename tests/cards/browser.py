"""A headless Chromium, driven by its DevTools protocol."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import websocket

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--remote-debugging-port=0", "--remote-allow-origins=*",
    # No name is looked up, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def program():
    for name in [os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"]:
        if name and shutil.which(name):
            return shutil.which(name)
    raise AssertionError("no Chromium here: apt-get install chromium, or name it in CHROMIUM")


class Browser:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.process = subprocess.Popen(
            [program(), *FLAGS, f"--user-data-dir={self.folder.name}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.socket = websocket.create_connection(self.page(), timeout=60)
        self.calls = 0
        # What the page asked for since it was opened, and what happened else.
        self.requests = []
        self.events = []
        for domain in ["Page", "Network", "Runtime"]:
            self.call(f"{domain}.enable")

    def page(self):
        """The address of the first page's socket, once the browser listens."""
        port = Path(self.folder.name) / "DevToolsActivePort"
        for _ in range(300):
            if port.exists() and "\n" in port.read_text():
                address = f"http://127.0.0.1:{port.read_text().split()[0]}/json"
                direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
                pages = [page for page in json.load(direct.open(address)) if page["type"] == "page"]
                if pages:
                    return pages[0]["webSocketDebuggerUrl"]
            time.sleep(0.1)
        raise AssertionError("Chromium does not start")

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait(30)
        self.folder.cleanup()

    def receive(self):
        message = json.loads(self.socket.recv())
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"])
        elif "method" in message:
            self.events.append(message["method"])
        return message

    def call(self, method, **parameters):
        self.calls += 1
        self.socket.send(json.dumps({"id": self.calls, "method": method, "params": parameters}))
        while True:
            message = self.receive()
            if message.get("id") == self.calls:
                if "error" in message:
                    raise AssertionError(f"{method}: {message['error']}")
                return message["result"]

    def open(self, file, width):
        self.requests.clear()
        self.events.clear()
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=640, deviceScaleFactor=1, mobile=width < 600,
        )
        self.call("Page.navigate", url=file.as_uri())
        while "Page.loadEventFired" not in self.events:
            self.receive()

    def run(self, script):
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise AssertionError(result["exceptionDetails"])
        return result["result"].get("value")

    def picture(self, file):
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        shot = self.call("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        file.write_bytes(base64.b64decode(shot["data"]))

    def asked_elsewhere(self):
        return [url for url in self.requests if not url.startswith(("file:", "data:"))]
