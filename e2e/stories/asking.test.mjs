// A guest comes in by the public page; a class is asked and asks. Everything of it passes axe, on a phone in the dark too.
import assert from 'node:assert/strict';

import { axeFindsNothing, nothingSticksOut } from '../lib/axe.mjs';
import { cast } from '../lib/cast.mjs';
import { phone } from '../lib/person.mjs';
import { story } from '../lib/story.mjs';
import { until } from '../lib/until.mjs';
import { paths, words } from '../words.mjs';

const { asking, leading } = words;

story('A guest comes in, and a class is asked', async (story) => {
  const house = await story.openHouse();
  const { admin, instructor, due, session, title, participants } = await cast(house);
  await admin.patch(`/programs/${due.program.id}`, { guests: true, visibility: 'public' });
  await instructor.post(`/sessions/${session}/start`);
  const teacher = await story.person(instructor.me);
  const rosa = await story.person(participants[0], { size: phone, theme: 'dark' });
  const gus = await story.person({ name: 'Gus Grand' });
  const passes = async (person, where) => {
    await axeFindsNothing(person, where);
    await nothingSticksOut(person, where);
  };
  /** The panel's page of this name: by its tab, from the bar, or, on a phone, from "More". */
  const open = async (person, tab) => {
    const shown = person.page.getByRole('tab', { name: tab });
    if (await shown.isVisible()) return shown.click();
    if (await person.control(tab).isVisible()) return person.control(tab).click();
    await person.control(words.room.more).click();
    return person.page.getByRole('dialog').getByRole('button', { name: tab }).click();
  };

  await story.chapter('two are in', async () => {
    await teacher.signIn();
    await teacher.go(paths.room(session));
    await teacher.passDeviceCheckIfAsked();
    await rosa.signIn();
    await rosa.joinFromMyDay(title);
    await teacher.seesAndHears([rosa.name]);
  });

  await story.chapter('a guest gives a name, waits, and is let in', async () => {
    const { slug } = await instructor.get(`/programs/${due.program.id}`);
    await gus.go(paths.program(slug));
    await gus.page.getByRole('link', { name: asking.comeAsGuest }).first().click();
    await gus.page.getByRole('textbox', { name: asking.yourName }).waitFor();
    await passes(gus, 'as a guest');
    await gus.page.getByRole('button', { name: asking.goOn }).click();
    await gus.page.getByText(asking.writeTheName).waitFor();
    await gus.page.getByRole('textbox', { name: asking.yourName }).fill(gus.name);
    await gus.page.getByRole('button', { name: asking.goOn }).click();
    await gus.passDeviceCheck();
    await gus.page.getByRole('heading', { name: leading.youWait }).waitFor();
    await passes(gus, 'a guest waits');
    const people = teacher.page.getByRole('complementary', { name: words.room.people });
    if (!(await people.isVisible())) await teacher.control(words.room.people).click();
    await people.getByRole('button', { name: leading.letIn(gus.name) }).waitFor();
    await passes(teacher, 'a guest is at the door');
    await people.getByRole('button', { name: leading.letIn(gus.name) }).click();
    await gus.isInTheRoom();
    await teacher.seesAndHears([rosa.name, gus.name]);
  });

  await story.chapter('a page that is loaded again is the same guest', async () => {
    await gus.page.reload();
    await gus.passDeviceCheckIfAsked();
    await teacher.seesAndHears([rosa.name, gus.name]);
    const { items } = await instructor.get(`/sessions/${session}/attendances`);
    assert.equal(items.filter((row) => row.user.name === gus.name).length, 1, 'one person in the record');
  });

  await story.chapter('a poll is made, answered, and its results are shown', async () => {
    await open(teacher, asking.polls);
    await teacher.page.getByRole('button', { name: asking.newPoll }).click();
    await passes(teacher, 'a new poll');
    await teacher.page.getByRole('textbox', { name: asking.question }).fill('What shall we sing?');
    await teacher.page.getByRole('textbox', { name: asking.option(1) }).fill('A round');
    await teacher.page.getByRole('textbox', { name: asking.option(2) }).fill('The long song about the sea');
    await teacher.page.getByRole('button', { name: asking.askNow }).click();
    for (const [person, choice] of [[rosa, 'A round'], [gus, 'The long song about the sea']]) {
      await open(person, asking.polls);
      await person.page.getByRole('radio', { name: choice }).check();
      if (person === rosa) await passes(rosa, 'a poll');
      await person.page.getByRole('button', { name: asking.sendAnswer }).click();
    }
    await teacher.page.getByText(asking.twoAnswered).first().waitFor();
    await teacher.page.getByRole('button', { name: asking.closePoll }).click();
    await teacher.page.getByRole('button', { name: asking.showResults }).click();
    await rosa.page.getByText(asking.half).first().waitFor();
    await passes(rosa, 'results');
    await passes(teacher, 'results to the host');
  });

  await story.chapter('a question is asked, gets a voice, and an answer', async () => {
    await open(rosa, asking.questions);
    await rosa.page.getByRole('textbox', { name: asking.yourQuestion }).fill('When is lunch?');
    await rosa.page.getByRole('button', { name: asking.ask }).click();
    await open(gus, asking.questions);
    const seen = gus.page.getByRole('article').filter({ hasText: 'When is lunch?' });
    await seen.getByRole('button', { name: asking.vote }).click();
    await open(teacher, asking.questions);
    const card = teacher.page.getByRole('article').filter({ hasText: 'When is lunch?' });
    await card.getByRole('button', { name: asking.answered }).waitFor();
    await passes(teacher, 'a question');
    await card.getByRole('button', { name: asking.answered }).click();
    await teacher.page.getByRole('textbox', { name: asking.answer }).fill('At noon.');
    await teacher.page.getByRole('button', { name: asking.answered }).last().click();
    await rosa.page.getByText('At noon.').first().waitFor();
    await passes(rosa, 'questions');
  });

  await story.chapter('chat, rules and breakout rooms pass too', async () => {
    await open(rosa, words.talk.chat);
    await rosa.page.getByRole('textbox', { name: words.talk.write }).fill('Thank you, see https://example.org.');
    await rosa.page.getByRole('button', { name: words.talk.send }).click();
    await open(teacher, words.talk.chat);
    await teacher.page.getByText('Thank you').first().waitFor();
    await passes(rosa, 'chat');
    await passes(teacher, 'chat of the host');
    for (const choice of [leading.rules, words.talk.breakouts]) {
      await teacher.control(words.room.more).click();
      const more = teacher.page.getByRole('dialog', { name: words.room.more });
      await more.waitFor();
      if (choice === leading.rules) await passes(teacher, 'more');
      await more.getByRole('button', { name: choice }).click();
      const dialog = teacher.page.getByRole('dialog', { name: choice });
      await dialog.waitFor();
      await passes(teacher, choice === leading.rules ? 'rules' : 'breakout rooms');
      await dialog.getByRole('button', { name: leading.done }).click();
    }
    await until('no dialog is open', async () => (await teacher.page.getByRole('dialog').count()) === 0);
  });
});
