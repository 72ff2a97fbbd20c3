// cases.mjs NAME [CASE…]: runs in the server's namespace. One class, one person at home behind a wire that gets worse in many
// ways, and one line per way with what was measured.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Browser, chromiumIsThere } from '../lib/browser.mjs';
import { cast } from '../lib/cast.mjs';
import { House, output } from '../lib/house.mjs';
import { Person } from '../lib/person.mjs';
import { timePasses, until } from '../lib/until.mjs';
import { paths } from '../words.mjs';
import { address, inside, Lands } from './lands.mjs';
import { look, measure, told } from './measure.mjs';
import { secret, startRelay, url as relay } from './relay.mjs';
import { Wire } from './wire.mjs';

const port = 8080;
const mediaPort = 40_000;
const house_url = `http://${address.server}:${port}`;
/** The largest picture the camera sends. */
const full = 360;

const [, , name, ...wanted] = process.argv;
const lands = new Lands(name);
const wire = await Wire.lay();
await lands.wireHome();
const story = { slug: 'net', people: [] };

/** Sound and picture of the teacher arrive at home now: more than a moment ago. */
async function flows(person) {
  const before = await look(person.page);
  await timePasses(500);
  const after = await look(person.page);
  return after.audio > before.audio + 5 && after.frames > before.frames;
}

async function resumes(person, within) {
  const began = Date.now();
  await until(`${person.name} hears and sees again`, () => flows(person), { within, every: 50 });
  return Date.now() - began;
}

const height = async (person) => (await look(person.page)).height;

/** Everything is as good as it can be. */
async function fine({ rosa }) {
  await until('the whole picture is there', async () => (await height(rosa)) === full && (await flows(rosa)), { within: 40_000 });
}

/** The wire is poor for a while; then it is whole again, and so is the picture, within ten seconds. */
async function poor(people, weather, { concealed, check }) {
  const { rosa, teacher } = people;
  await fine(people);
  const seats = [rosa, teacher].map((person) => person.presence.length);
  const peers = await rosa.page.evaluate(() => window.peersOfThisPage.length);
  wire.set(weather);
  await timePasses(8_000);
  const seen = await measure(rosa.page, 15_000);
  wire.set();
  const healed = Date.now();
  assert.ok(seen.voices > 40, `the sound flows: ${told(seen)}`);
  assert.ok(seen.concealed <= concealed, `at most ${100 * concealed} % of the sound is made up: ${told(seen)}`);
  check?.(seen);
  await until('the whole picture is back', async () => (await height(rosa)) === full && (await flows(rosa)), { within: 10_000 });
  const back = (Date.now() - healed) / 1000;
  assert.deepEqual([rosa, teacher].map((person) => person.presence.length), seats, 'nobody was dropped');
  assert.equal(await rosa.page.evaluate(() => window.peersOfThisPage.length), peers, 'no connection had to be made anew');
  return `${told(seen)}; whole again after ${back.toFixed(1)} s`;
}

async function afresh({ rosa }) {
  await rosa.page.reload();
  await rosa.passDeviceCheckIfAsked();
  const took = await resumes(rosa, 30_000);
  const seen = await measure(rosa.page, 8_000);
  return { seen, line: `${told(seen)}; there after ${(took / 1000).toFixed(1)} s` };
}

const cases = {
  'udp-blocked': {
    title: 'UDP blocked',
    async tell(people) {
      lands.rules(`table inet wall {
          chain way {
            type filter hook forward priority 0
            meta l4proto udp drop
          }
        }`);
      const { seen, line } = await afresh(people);
      assert.ok(seen.ways.every((way) => way.endsWith('→tcp')), `media goes over TCP: ${line}`);
      assert.ok(seen.concealed < 0.02, line);
      return line;
    },
  },
  'symmetric-nat': {
    title: 'symmetric NAT, only the relay reachable',
    async tell(people) {
      lands.rules(`table ip nat {
          chain out {
            type nat hook postrouting priority 100
            iifname "home" masquerade random,fully-random
          }
        }
        table inet wall {
          chain way {
            type filter hook forward priority 0; policy drop
            ct state established,related accept
            iifname "home" oifname "server" tcp dport ${port} accept
            iifname "home" oifname "relay" udp dport 3478 accept
            iifname "relay" oifname "server" accept
            iifname "server" oifname "relay" accept
          }
        }`);
      const { seen, line } = await afresh(people);
      assert.ok(seen.ways.length > 0 && seen.ways.every((way) => way.startsWith('relay/')), `media goes through the relay: ${line}`);
      assert.ok(seen.concealed < 0.02, line);
      return line;
    },
  },
  'loss-2': {
    title: '2 % loss',
    tell: (people) => poor(people, { up: { loss: 0.02 }, down: { loss: 0.02 } }, { concealed: 0.01 }),
  },
  'loss-10': {
    title: '10 % loss',
    tell: (people) => poor(people, { up: { loss: 0.1 }, down: { loss: 0.1 } }, { concealed: 0.05 }),
  },
  'delay-300': {
    title: '300 ms delay',
    tell: (people) => poor(people, { up: { delay: 150 }, down: { delay: 300 } }, { concealed: 0.01 }),
  },
  'down-300': {
    title: '300 kbit/s down',
    tell: (people) =>
      poor(people, { down: { kbits: 300 } }, {
        concealed: 0.02,
        check: (seen) => assert.ok(seen.kbits < 300 && (seen.height < full || seen.fps < 1), `the picture steps down: ${told(seen)}`),
      }),
  },
  'new-address': {
    title: 'another address',
    async tell(people) {
      await fine(people);
      lands.move('10.77.1.9');
      const took = await resumes(people.rosa, 20_000);
      return `sound and picture again after ${(took / 1000).toFixed(1)} s, without a click`;
    },
    async after() {
      lands.move(address.home);
    },
  },
  outage: {
    title: 'an outage of 20 s',
    async tell(people) {
      await fine(people);
      wire.set({ up: { cut: true }, down: { cut: true } });
      await timePasses(20_000);
      wire.set();
      const took = await resumes(people.rosa, 20_000);
      return `sound and picture again ${(took / 1000).toFixed(1)} s after it, without a click`;
    },
  },
  restart: {
    title: 'a restart of the server',
    async tell({ house, rosa, teacher }) {
      await fine({ rosa });
      await house.stop();
      for (const person of [rosa, teacher]) person.gone();
      const ready = await house.start();
      await Promise.all([rosa, teacher].map((person) => resumes(person, 10_000)));
      const took = (Date.now() - ready) / 1000;
      assert.ok(took <= 10, `everybody was back after ${took} s`);
      return `everybody hears and sees again ${took.toFixed(1)} s after /readyz`;
    },
  },
};

async function prepare() {
  const settings = {
    VDP_LISTEN: `0.0.0.0:${port}`,
    VDP_PUBLIC_URL: house_url,
    VDP_MEDIA_IPS: address.server,
    VDP_MEDIA_PORT: String(mediaPort),
    VDP_TURN_URL: relay,
    VDP_TURN_SECRET: secret,
  };
  const house = await House.open('net', { settings });
  story.house = house;
  const { instructor, session, participants } = await cast(house);
  await instructor.post(`/sessions/${session}/start`);
  const near = await Browser.open({ trusts: house_url, busy: true });
  const far = await Browser.open({ trusts: house_url, busy: true, under: inside(lands.land('home')) });
  const teacher = await Person.arrive(story, near, instructor.me);
  const rosa = await Person.arrive(story, far, participants[0]);
  for (const person of [teacher, rosa]) {
    await person.signIn();
    await person.go(paths.room(session));
    await person.passDeviceCheckIfAsked();
  }
  await resumes(rosa, 30_000);
  const close = async () => {
    await Promise.all([near.close(), far.close()]);
    await house.close();
  };
  return { house, teacher, rosa, close };
}

/** One case; whatever it did to the network is undone behind it. */
async function run({ title, tell, after }, people) {
  try {
    console.log(`net: ok      ${title}: ${await tell(people)}`);
    return true;
  } catch (error) {
    console.log(`net: FAILED  ${title}: ${error.message.split('\n')[0]}`);
    await people.rosa.look(`failed.${title.replaceAll(/\W+/g, '-')}`).catch(() => {});
    return false;
  } finally {
    wire.set();
    lands.rules('');
    await after?.();
  }
}

const unknown = wanted.filter((one) => !(one in cases));
if (unknown.length > 0) throw new Error(`there is no case ${unknown.join(', ')}; there are ${Object.keys(cases).join(', ')}`);
chromiumIsThere();
const turn = await startRelay(lands);
const people = await prepare();
let failures = 0;
for (const [key, one] of Object.entries(cases)) {
  if (wanted.length > 0 && !wanted.includes(key)) continue;
  if (!(await run(one, people))) failures += 1;
}
await people.close();
turn.end();
wire.end();
writeFileSync(join(output, 'net.relay.log'), turn.said());
if (failures > 0) console.log(`net: ${failures} of the cases failed; the server's log is e2e/output/net.server.log`);
process.exit(failures > 0 ? 1 : 0);
