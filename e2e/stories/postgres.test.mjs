// The same house on PostgreSQL: a class with two people, a power cut, and the record.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

import { cast } from '../lib/cast.mjs';
import { rowOf, tellsWhatWasSeen, whoCame } from '../lib/record.mjs';
import { story } from '../lib/story.mjs';
import { until } from '../lib/until.mjs';
import { paths, words } from '../words.mjs';

/** A database of this story's own in the cluster that scripts/with-postgres started. */
function newDatabase(name) {
  const cluster = process.env.VDP_TEST_POSTGRES_URL;
  assert.ok(cluster, 'this story needs VDP_TEST_POSTGRES_URL: run it by `make e2e`, or under scripts/with-postgres');
  const made = spawnSync('psql', [cluster, '--quiet', '-c', `CREATE DATABASE ${name}`], { encoding: 'utf8' });
  assert.equal(made.status, 0, made.error?.message ?? made.stderr);
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return url.href;
}

story('A class on PostgreSQL', async (story) => {
  const house = await story.openHouse({ settings: { VDP_DATABASE_URL: newDatabase(`story_${process.pid}`) } });
  const { instructor, session, title, participants } = await cast(house);
  const teacher = await story.person(instructor.me);
  const ada = await story.person(participants[0]);
  const both = [teacher, ada];

  await story.chapter('the instructor goes live, and one joins', async () => {
    await teacher.signIn();
    await teacher.go(paths.overview);
    await teacher.button(words.overview.goLive).click();
    await teacher.passDeviceCheckIfAsked();
    await ada.signIn();
    await ada.joinFromMyDay(title);
    await ada.seesAndHears([teacher.name]);
    await teacher.seesAndHears([ada.name]);
  });

  await story.chapter('kill -9 of the server: both are back', async () => {
    await house.kill9();
    for (const person of both) {
      person.gone();
      person.presence.at(-1).vanished = true;
    }
    await house.start();
    await until('both seats are taken again', () => both.every((person) => person.presence.at(-1).to === null), { within: 10_000 });
    await ada.seesAndHears([teacher.name]);
  });

  await story.chapter('the record tells both', async () => {
    await instructor.post(`/sessions/${session}/end`);
    for (const person of both) person.gone();
    const record = await whoCame(instructor, session);
    for (const person of both) tellsWhatWasSeen(rowOf(record, person.name), person.presence);
  });
});
