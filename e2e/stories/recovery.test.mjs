// Short interruptions: the seat is held, and nobody has to do anything.
import assert from 'node:assert/strict';

import { cast } from '../lib/cast.mjs';
import { rowOf, whoCame } from '../lib/record.mjs';
import { story } from '../lib/story.mjs';
import { timePasses, until } from '../lib/until.mjs';
import { paths } from '../words.mjs';

story('A short interruption ends by itself', async (story) => {
  const house = await story.openHouse();
  const { instructor, session, title, participants } = await cast(house);
  await instructor.post(`/sessions/${session}/start`);
  const teacher = await story.person(instructor.me);
  const rosa = await story.personWithOwnMachine(participants[0]);
  const joins = [];
  rosa.page.on('request', (request) => request.url().endsWith(`/sessions/${session}/join`) && joins.push(Date.now()));

  await story.chapter('both are in', async () => {
    await teacher.signIn();
    await teacher.go(paths.room(session));
    await teacher.passDeviceCheckIfAsked();
    await rosa.signIn();
    await rosa.joinFromMyDay(title);
    await teacher.seesAndHears([rosa.name]);
  });

  await story.chapter('a lid closed for 20 s: the same seat goes on, without a new join', async () => {
    const before = joins.length;
    rosa.machine.closeLid();
    await timePasses(20_000); // shorter than the 30 s for which a seat is held
    rosa.machine.openLid();
    await rosa.seesAndHears([teacher.name], { within: 30_000 });
    await teacher.seesAndHears([rosa.name]);
    assert.equal(joins.length, before, 'no second join was asked for');
    const row = rowOf(await whoCame(instructor, session), rosa.name);
    assert.ok(row.intervals.length <= 2, 'at most one gap is in the record');
  });

  await story.chapter('an orderly restart of the server: everybody is told, and comes back', async () => {
    const started = Date.now();
    await house.stop();
    assert.ok(Date.now() - started < 11_000, 'the server drained within 10 s');
    for (const person of [teacher, rosa]) person.gone();
    await house.start();
    await until('both seats are taken again', () => [teacher, rosa].every((person) => person.presence.at(-1).to === null), { within: 10_000 });
    await rosa.seesAndHears([teacher.name]);
    await teacher.seesAndHears([rosa.name]);
  });
});
