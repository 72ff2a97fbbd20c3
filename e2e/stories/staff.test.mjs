// What an instructor can do about a person in the room: mute them, and take them out.
import assert from 'node:assert/strict';

import { cast } from '../lib/cast.mjs';
import { story } from '../lib/story.mjs';
import { until } from '../lib/until.mjs';
import { paths, words } from '../words.mjs';

story('The instructor mutes one person and removes another', async (story) => {
  const house = await story.openHouse();
  const { instructor, session, title, participants } = await cast(house);
  await instructor.post(`/sessions/${session}/start`);
  const teacher = await story.person(instructor.me);
  const rosa = await story.person(participants[0]);
  const mei = await story.person(participants[1]);

  await story.chapter('all are in', async () => {
    await teacher.signIn();
    await teacher.go(paths.room(session));
    await teacher.passDeviceCheckIfAsked();
    for (const person of [rosa, mei]) {
      await person.signIn();
      await person.joinFromMyDay(title);
    }
    await teacher.seesAndHears([rosa.name, mei.name]);
  });

  await story.chapter('the muted person is told, and nobody hears them', async () => {
    const dialog = await teacher.openPerson(rosa.name);
    await dialog.getByRole('button', { name: words.room.muteThem }).click();
    await rosa.control(words.room.unmute).waitFor();
    await teacher.hearsOnly(1);
    await rosa.look('muted');
  });

  await story.chapter('they may unmute themselves', async () => {
    await rosa.control(words.room.unmute).click();
    await rosa.control(words.room.mute).waitFor();
    await teacher.hears(2);
  });

  await story.chapter('the removed person is told, and cannot come back', async () => {
    const dialog = await teacher.openPerson(mei.name);
    await dialog.getByRole('button', { name: words.room.removeThem }).click();
    await teacher.page.getByRole('dialog').or(teacher.page.getByRole('alertdialog')).getByRole('button', { name: words.room.removeConfirm }).last().click();
    await mei.page.getByText(words.room.removed).first().waitFor();
    await mei.look('removed');
    const again = await house.as(mei.email);
    await assert.rejects(again.post(`/sessions/${session}/join`), /answered 403/);
    await until('the tile is gone', async () => !(await teacher.tile(mei.name).isVisible()));
    await rosa.sees([teacher.name]);
  });
});
