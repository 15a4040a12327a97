"""A real HTTP server on loopback that tells of each request as one line of JSON on stdout.

receiver.py [SECRET] [ANSWER,ANSWER,...]
  SECRET   what signatures are checked with, as Standard Webhooks has it; "" for none
  ANSWER   what the first requests are answered, as 503, 429:7 (with Retry-After: 7), 302, slow; every later one gets 200
GET /N is answered when all that came before it is told, and told itself: {"marked": N}.
The first line is {"port": N}. Ends when stdin does.
"""
import base64, hashlib, hmac, http.server, json, sys, threading, time

secret = sys.argv[1] if len(sys.argv) > 1 else ""
answers = [answer for answer in (sys.argv[2] if len(sys.argv) > 2 else "").split(",") if answer]


telling = threading.Lock()


def tell(value):
    # Requests come on threads of their own, and a line is one.
    with telling:
        print(json.dumps(value), flush=True)


# Connections that are served, in the order in which they came.
served, changed = {}, threading.Condition()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        signed = b".".join([self.headers["webhook-id"].encode(), self.headers["webhook-timestamp"].encode(), body])
        right = "v1," + base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()
        answer = answers.pop(0) if answers else "200"
        tell({
            "path": self.path, "body": json.loads(body), "answer": answer,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "signed": hmac.compare_digest(right, self.headers.get("webhook-signature", "")),
        })
        code, _, after = answer.partition(":")
        if code == "slow":
            time.sleep(60)
            return
        self.send_response(int(code))
        if after:
            self.send_header("Retry-After", after)
        if code == "302":
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self):
        with changed:
            mine = served[self.connection]
            changed.wait_for(lambda: min(served.values()) == mine)
        tell({"marked": int(self.path[1:])})
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    came = 0

    def process_request(self, request, address):
        with changed:
            self.came += 1
            served[request] = self.came
        super().process_request(request, address)

    def process_request_thread(self, request, address):
        try:
            super().process_request_thread(request, address)
        finally:
            with changed:
                del served[request]
                changed.notify_all()

    def handle_error(self, request, address):
        # Who was killed in the middle of a request has said nothing.
        pass


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
tell({"port": server.server_address[1]})
sys.stdin.read()
