"""A real SMTP server on loopback (aiosmtpd) that tells of each mail as one line of JSON on stdout.

smtp.py [--auth USER:PASSWORD] [--cert PEM --key PEM [--implicit]] [--answers CODE,CODE,...] [--slow SECONDS]
  --answers   what the first mails are answered, as "451 later,550 no"; every later one is taken
The first line is {"port": N}. Ends when stdin does.
"""
import argparse, asyncio, email, email.policy, json, logging, ssl, sys, warnings
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

arguments = argparse.ArgumentParser()
arguments.add_argument("--auth")
arguments.add_argument("--cert")
arguments.add_argument("--key")
arguments.add_argument("--implicit", action="store_true")
arguments.add_argument("--answers", default="")
arguments.add_argument("--slow", type=float, default=0)
arguments = arguments.parse_args()
warnings.simplefilter("ignore")  # AUTH without TLS never leaves this machine
logging.getLogger("mail.log").setLevel(logging.CRITICAL)
answers = [answer for answer in arguments.answers.split(",") if answer]


def tell(value):
    print(json.dumps(value), flush=True)


class Handler:
    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(arguments.slow)
        mail = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        answer = answers.pop(0) if answers else "250 2.0.0 kept"
        tell({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "answer": answer,
            "tls": arguments.implicit or session.ssl is not None, "auth": bool(session.authenticated),
            "headers": {name.lower(): str(value) for name, value in mail.items()}, "text": mail.get_content(),
        })
        return answer


def authenticator(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and f"{data.login.decode()}:{data.password.decode()}" == arguments.auth
    return AuthResult(success=right, handled=right)


context = None
if arguments.cert:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(arguments.cert, arguments.key)
settings = {"enable_SMTPUTF8": True}
if arguments.auth:
    settings |= {"authenticator": authenticator, "auth_required": True, "auth_require_tls": False}
if context and not arguments.implicit:
    settings |= {"tls_context": context, "require_starttls": True}


class Server(Controller):
    def factory(self):
        return SMTP(self.handler, **settings)

    def _trigger_server(self):
        # Port 0: the controller knocks at the port that it got.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


server = Server(Handler(), hostname="127.0.0.1", port=0, ssl_context=context if arguments.implicit else None)
server.start()
tell({"port": server.port})
sys.stdin.read()
server.stop()
