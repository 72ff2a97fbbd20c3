// A class talks: chat, hands, a poll, and breakout rooms; what was said is there for who comes later.
import assert from 'node:assert/strict';

import { cast } from '../lib/cast.mjs';
import { story } from '../lib/story.mjs';
import { until } from '../lib/until.mjs';
import { paths, words } from '../words.mjs';

story('A class talks and is split', async (story) => {
  const house = await story.openHouse();
  const { instructor, session, title, participants } = await cast(house);
  await instructor.post(`/sessions/${session}/start`);
  const teacher = await story.person(instructor.me);
  const rosa = await story.person(participants[0]);
  const mei = await story.person(participants[1]);
  const say = async (person, text) => {
    await person.page.getByRole('textbox', { name: words.talk.write }).fill(text);
    await person.page.getByRole('button', { name: words.talk.send }).click();
  };

  await story.chapter('two are in', async () => {
    await teacher.signIn();
    await teacher.go(paths.room(session));
    await teacher.passDeviceCheckIfAsked();
    await rosa.signIn();
    await rosa.joinFromMyDay(title);
    await teacher.seesAndHears([rosa.name]);
  });

  await story.chapter('what one writes the other reads, as it was written', async () => {
    await rosa.control(words.talk.chat).click();
    await say(rosa, 'Good morning <b>all</b>, see https://example.org/a?b=1.');
    await teacher.control(words.talk.chat).click();
    await teacher.page.getByText('Good morning <b>all</b>').first().waitFor();
    const link = teacher.page.getByRole('link', { name: 'https://example.org/a?b=1' });
    assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');
    await say(teacher, 'Hello Rosa');
    await rosa.page.getByText('Hello Rosa').first().waitFor();
    await rosa.look('chat');
  });

  await story.chapter('a hand goes up, and comes down', async () => {
    await rosa.control(words.talk.raiseHand).click();
    await teacher.page.getByText(words.talk.handsUp).first().waitFor();
    await rosa.control(words.talk.lowerHand).click();
    await until('no hand is up', async () => !(await teacher.page.getByText(words.talk.handsUp).first().isVisible()));
  });

  await story.chapter('who comes later reads what was said', async () => {
    await mei.signIn();
    await mei.joinFromMyDay(title);
    await mei.control(words.talk.chat).click();
    await mei.page.getByText('Hello Rosa').first().waitFor();
  });

  await story.chapter('breakout rooms part them, and bring them together again', async () => {
    await teacher.seesAndHears([rosa.name, mei.name]);
    await teacher.control(words.room.more).click();
    await teacher.page.getByRole('button', { name: words.talk.breakouts }).click();
    const dialog = teacher.page.getByRole('dialog', { name: words.talk.breakouts });
    await dialog.getByRole('button', { name: words.talk.plan }).click();
    await dialog.getByRole('button', { name: words.talk.open }).click();
    await rosa.page.getByText(words.talk.inBreakout).first().waitFor();
    await mei.page.getByText(words.talk.inBreakout).first().waitFor();
    await teacher.hearsOnly(0);
    await rosa.hearsOnly(0);
    await rosa.look('in a breakout room');
    await teacher.look('breakout rooms');
    await dialog.getByRole('button', { name: words.talk.bringBack }).click();
    await dialog.getByRole('button', { name: words.talk.close }).click();
    await teacher.seesAndHears([rosa.name, mei.name]);
  });

  await story.chapter('their attendance ran on', async () => {
    const came = await instructor.get(`/sessions/${session}/attendances`);
    const row = came.items.find((item) => item.user.name === rosa.name);
    assert.equal(row.intervals.length, 1);
  });
});
