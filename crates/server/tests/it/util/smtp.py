# A real SMTP server, aiosmtpd, that takes a port and tells on its output, a line each, its port and the mails it took.
# Whom it is asked to bring mail to says how it behaves: busy… is put off once, gone… is unknown, unwanted… is refused.
import asyncio, email, email.policy, json, sys
from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    put_off = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("busy") and address not in self.put_off:
            self.put_off.add(address)
            return "451 4.3.2 Too much to do, come back later"
        if address.startswith("gone"):
            return "550 5.1.1 Nobody of this name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if any(address.startswith("unwanted") for address in envelope.rcpt_tos):
            return "554 5.7.1 Not wanted here"
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        part = lambda kind: (message.get_body((kind,)) or message).get_content()
        mail = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "hello": session.host_name,
            "signed_in": session.authenticated,
            "headers": [[name, str(value)] for name, value in message.items()],
            "kind": message.get_content_type(),
            "parts": [[p.get_content_type(), p.get_content_charset()] for p in message.iter_parts()],
            "text": part("plain"),
            "html": part("html"),
        }
        print(json.dumps(mail), flush=True)
        return "250 Taken"


def sign_in(server, session, envelope, mechanism, data):
    right = (data.login, data.password) == (b"post", b"hidden/one")
    return AuthResult(success=right, handled=False)


async def main():
    make = lambda: SMTP(Handler(), authenticator=sign_in, auth_require_tls=False, enable_SMTPUTF8=True)
    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", int(sys.argv[1]))
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
