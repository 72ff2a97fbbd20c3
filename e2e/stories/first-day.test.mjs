// The first live day, as it must be possible on the sample day: a whole class with everything that goes wrong in homes, and
// a power cut during the next one.
import assert from 'node:assert/strict';

import { anotherClass, cast } from '../lib/cast.mjs';
import { rowOf, tellsWhatWasSeen, whoCame } from '../lib/record.mjs';
import { story } from '../lib/story.mjs';
import { timePasses, until } from '../lib/until.mjs';
import { paths, words } from '../words.mjs';

story('The first live day', async (story) => {
  const house = await story.openHouse();
  const { instructor, due, session, title, participants } = await cast(house);
  const [early, lid, battery] = participants;

  const teacher = await story.person(instructor.me);
  const ada = await story.person(early);
  const ben = await story.personWithOwnMachine(lid);
  const eve = await story.personWithOwnMachine(battery);
  const everybody = [teacher, ada, ben, eve];
  const others = (person) => everybody.filter((other) => other !== person).map((other) => other.name);
  let begun;

  await story.chapter('somebody is early and waits', async () => {
    await ada.signIn();
    await ada.waitFromMyDay(title);
    await ada.look('waiting');
  });

  await story.chapter('the instructor signs in, sees the class that is due and starts it with one click', async () => {
    await teacher.signIn();
    await teacher.go(paths.overview);
    await teacher.page.getByText(title).first().waitFor();
    await teacher.look('overview');
    await teacher.button(words.overview.goLive).click();
    begun = Date.now();
    await teacher.at(paths.room(session));
    await teacher.passDeviceCheckIfAsked();
  });

  await story.chapter('who waited is let in by itself', async () => {
    await ada.isInTheRoom();
    // Waiting is not being there: her presence begins with the class.
    ada.presence[0].from = Math.max(ada.presence[0].from, begun);
    teacher.presence[0].from = Math.max(teacher.presence[0].from, begun);
  });

  for (const person of [ben, eve]) {
    await story.chapter(`${person.name} joins from My day`, async () => {
      await person.signIn();
      await person.joinFromMyDay(title);
      await person.isInTheRoom();
    });
  }

  await story.chapter('everybody sees and hears everybody', async () => {
    await Promise.all(everybody.map((person) => person.seesAndHears(others(person))));
    await teacher.look('everybody');
  });

  await story.chapter('the instructor shares the screen, and everybody sees it', async () => {
    await teacher.control(words.room.share).click();
    await Promise.all([ada, ben, eve].map((person) => person.seesAScreen()));
    await ada.look('screen');
    await teacher.control(words.room.stopSharing).click();
    await Promise.all(everybody.map((person) => person.sees(others(person))));
  });

  await story.chapter('one reloads and is back without a question', async () => {
    ada.gone();
    await ada.page.reload();
    await ada.isInTheRoom();
    await ada.seesAndHears(others(ada));
    await teacher.sees([ada.name]);
  });

  await story.chapter('one closes the lid for a minute and is back by itself', async () => {
    ben.machine.closeLid();
    ben.gone();
    ben.presence.at(-1).vanished = true;
    await timePasses(60_000); // longer than the 30 s for which a seat is held
    const row = rowOf(await whoCame(instructor, session), ben.name);
    assert.equal(row.present, false, 'meanwhile the record says that he is away');
    ben.machine.openLid();
    await until(`${ben.name} is seated again`, () => ben.presence.at(-1).to === null, { within: 30_000 });
    await ben.seesAndHears(others(ben), { within: 30_000 });
    await teacher.sees([ben.name]);
  });

  await story.chapter('one browser is killed', async () => {
    eve.machine.kill();
    eve.gone();
    eve.presence.at(-1).vanished = true;
    await until(`the record says that ${eve.name} is away`, async () => !rowOf(await whoCame(instructor, session), eve.name).present, {
      within: 20_000,
    });
  });

  await story.chapter('the instructor ends the class', async () => {
    await teacher.control(words.room.end).click();
    await teacher.page.getByRole('dialog').or(teacher.page.getByRole('alertdialog')).getByRole('button', { name: words.room.endConfirm }).click();
    for (const person of [teacher, ada, ben]) person.gone();
    await ada.page.getByText(words.room.ended).first().waitFor();
    await ben.page.getByText(words.room.ended).first().waitFor();
    await ada.look('ended');
  });

  let firstRecord;
  await story.chapter("who came: everybody's minutes are true to 2 s", async () => {
    firstRecord = await whoCame(instructor, session);
    for (const person of everybody) tellsWhatWasSeen(rowOf(firstRecord, person.name), person.presence);
    assert.ok(firstRecord.items.every((row) => !row.present), 'nobody is present any more');
    for (const row of firstRecord.items.filter((row) => row.seconds === 0)) assert.deepEqual(row.intervals, []);

    await teacher.go(paths.whoCame(session));
    await teacher.page.getByRole('heading', { name: words.whoCame.heading }).waitFor();
    for (const person of everybody) await teacher.page.getByText(person.name).first().waitFor();
    await teacher.look('who-came');
  });

  let secondRecord;
  const second = await anotherClass(instructor, due.program.id, 'Tea and talk by the window');
  const backAgain = [teacher, ada, ben];
  await story.chapter('another class begins', async () => {
    for (const person of backAgain) person.presence.length = 0;
    await teacher.go(paths.overview);
    await instructor.post(`/sessions/${second.id}/start`);
    for (const person of [ada, ben]) await person.joinFromMyDay(second.title);
    await teacher.go(paths.room(second.id));
    await teacher.passDeviceCheckIfAsked();
    await Promise.all(backAgain.map((person) => person.seesAndHears(backAgain.filter((other) => other !== person).map((other) => other.name))));
  });

  await story.chapter('kill -9 of the server: everybody is back within 10 s, and no acknowledged minute is lost', async () => {
    const acknowledged = await whoCame(instructor, second.id);
    await house.kill9();
    for (const person of backAgain) {
      person.gone();
      person.presence.at(-1).vanished = true;
    }
    const ready = await house.start();
    await until('all seats are taken again', () => backAgain.every((person) => person.presence.at(-1).to === null), { within: 10_000 });
    const late = Math.max(...backAgain.map((person) => person.presence.at(-1).from)) - ready;
    assert.ok(late <= 10_000, `the last was back ${late} ms after the server was ready`);
    await Promise.all(backAgain.map((person) => person.seesAndHears(backAgain.filter((other) => other !== person).map((other) => other.name), { within: 20_000 })));

    const after = await whoCame(instructor, second.id);
    for (const person of backAgain) {
      const before = rowOf(acknowledged, person.name);
      const now = rowOf(after, person.name);
      assert.equal(now.intervals[0].joined_at, before.intervals[0].joined_at, `${person.name} came when ${person.name} came`);
      assert.ok(now.seconds >= before.seconds - 10, `${person.name}: ${before.seconds} s were told, ${now.seconds} s are left`);
    }
  });

  await story.chapter('its record is true as well', async () => {
    await instructor.post(`/sessions/${second.id}/end`);
    for (const person of backAgain) person.gone();
    secondRecord = await whoCame(instructor, second.id);
    for (const person of backAgain) tellsWhatWasSeen(rowOf(secondRecord, person.name), person.presence);
    assert.deepEqual(await whoCame(instructor, session), firstRecord, 'the first class is as it was');
  });

  await story.chapter('tomorrow everything is still there', async () => {
    await house.stop();
    await house.start();
    assert.deepEqual(await whoCame(instructor, session), firstRecord);
    assert.deepEqual(await whoCame(instructor, second.id), secondRecord);
    await teacher.go(paths.whoCame(second.id));
    await teacher.page.getByText(ada.name).first().waitFor();
    await teacher.look('tomorrow');
  });
}, { timeout: 600_000 });
