// A real TURN server: Debian's coturn, with the secret it shares with the house.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { until } from '../lib/until.mjs';
import { address, inside } from './lands.mjs';

export const secret = 'a secret for stories of networks';
export const url = `turn:${address.relay}:3478`;

/** Starts it in the relay's namespace and waits until it listens. Answers with what ends it. */
export async function startRelay(lands) {
  const folder = mkdtempSync(join(tmpdir(), 'vdp-relay-'));
  const words = [
    ...inside(lands.land('relay')).split(' ').slice(1),
    ...['setpriv', '--pdeathsig', 'KILL', 'turnserver', '-n', '--use-auth-secret', `--static-auth-secret=${secret}`],
    ...['--realm=vdp.example', `--listening-ip=${address.relay}`, `--relay-ip=${address.relay}`, '--listening-port=3478'],
    ...['--no-tls', '--no-dtls', '--no-cli', '--log-file=stdout', '--allow-loopback-peers'],
    ...[`--pidfile=${join(folder, 'pid')}`, `--userdb=${join(folder, 'db')}`],
  ];
  const child = spawn('ip', words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(String(text)));
  await until(
    'the relay listens',
    () => {
      if (child.exitCode !== null) throw new Error(`turnserver ended: ${said.join('').slice(-500)}`);
      return lands.run('relay', 'ss', '-Hlun', 'sport = :3478').length > 0;
    },
    { within: 15_000 },
  );
  const end = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  return { end, said: () => said.join('') };
}
