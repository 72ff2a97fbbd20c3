// A class is led: who may speak, who comes in, whom everybody sees large, rooms for a while, and who is taken out.
import assert from 'node:assert/strict';

import { cast } from '../lib/cast.mjs';
import { story } from '../lib/story.mjs';
import { until } from '../lib/until.mjs';
import { paths, words } from '../words.mjs';

const lead = words.leading;

story('A class is led', async (story) => {
  const house = await story.openHouse();
  const { instructor, session, title, participants } = await cast(house);
  await instructor.post(`/sessions/${session}/start`);
  const teacher = await story.person(instructor.me);
  const rosa = await story.person(participants[0]);
  const mei = await story.person(participants[1]);

  const fromMore = async (choice) => {
    await teacher.control(words.room.more).click();
    await teacher.page.getByRole('dialog', { name: words.room.more }).getByRole('button', { name: choice }).click();
    return teacher.page.getByRole('dialog', { name: choice });
  };
  const setRule = async (rule, on) => {
    const dialog = await fromMore(lead.rules);
    // The switch follows the server's word, not the press.
    await dialog.getByRole('switch', { name: rule, checked: !on }).click();
    await until('the rule is set', () => dialog.getByRole('switch', { name: rule, checked: on }).isVisible());
    await dialog.getByRole('button', { name: lead.done }).click();
  };
  const about = async (person, choice) => {
    const dialog = await teacher.openPerson(person.name);
    await dialog.getByRole('button', { name: choice }).click();
  };
  const seesNothingOf = (person, other) =>
    until(`${person.name} has no tile of ${other.name}`, async () => !(await person.tile(other.name).isVisible()));

  await story.chapter('two are in', async () => {
    await teacher.signIn();
    await teacher.go(paths.room(session));
    await teacher.passDeviceCheckIfAsked();
    await rosa.signIn();
    await rosa.joinFromMyDay(title);
    await teacher.seesAndHears([rosa.name]);
  });

  await story.chapter('with microphones off for participants nobody hears them, and they are told why', async () => {
    await setRule(lead.maySpeak, false);
    await rosa.control(lead.shut).waitFor();
    await teacher.hearsOnly(0);
    // The button is there and says why; neither it nor its key pretends to switch on.
    await rosa.control(lead.shut).press('Enter');
    await rosa.page.keyboard.press('m');
    await rosa.page.getByText(lead.micsOff).first().waitFor();
    await rosa.look('microphones are off');
    await teacher.hearsOnly(0);
    assert.equal(await rosa.control(words.room.mute).count(), 0, 'the microphone is not said to be on');
  });

  await story.chapter('one of them is allowed to speak', async () => {
    await about(rosa, lead.allowToSpeak);
    await rosa.control(words.room.unmute).click();
    await teacher.hears(1);
  });

  await story.chapter('who comes now waits, and is let in', async () => {
    await setRule(lead.waitingRoom, true);
    await mei.signIn();
    await mei.pressJoinOnMyDay(title);
    await mei.page.getByRole('button', { name: words.lobby.join }).click();
    await mei.page.getByRole('heading', { name: lead.youWait }).waitFor();
    await mei.look('waits');
    const people = teacher.page.getByRole('complementary', { name: words.room.people });
    if (!(await people.isVisible())) await teacher.control(words.room.people).click();
    await people.getByRole('button', { name: lead.letIn(mei.name) }).waitFor();
    await teacher.look('somebody waits');
    await people.getByRole('textbox', { name: lead.tellWaiting }).fill('One moment, we begin with a song.');
    await people.getByRole('button', { name: lead.send }).click();
    await mei.page.getByText('One moment, we begin with a song.').first().waitFor();
    await people.getByRole('button', { name: lead.letIn(mei.name) }).click();
    await mei.isInTheRoom();
    await mei.sees([teacher.name, rosa.name]);
    await setRule(lead.maySpeak, true);
    await mei.control(words.room.unmute).click();
    await teacher.seesAndHears([rosa.name, mei.name]);
  });

  await story.chapter('everybody sees large whom the spotlight is on', async () => {
    await about(mei, lead.spotlight);
    for (const person of [teacher, rosa]) {
      await person.page.getByText(lead.inTheSpotlight).first().waitFor();
      const size = (other) => person.tile(other.name).evaluate((tile) => tile.clientWidth * tile.clientHeight);
      const other = person === teacher ? rosa : teacher;
      await until(`${mei.name} is large for ${person.name}`, async () => (await size(mei)) >= (await size(other)));
    }
    await rosa.look('the spotlight');
    await about(mei, lead.endSpotlight);
    await until('the light is out', async () => (await rosa.page.getByText(lead.inTheSpotlight).count()) === 0);
  });

  await story.chapter('in breakout rooms only who is together sees and hears each other', async () => {
    const dialog = await fromMore(words.talk.breakouts);
    await dialog.getByRole('button', { name: words.talk.plan }).click();
    await dialog.getByRole('button', { name: words.talk.open }).click();
    for (const person of [rosa, mei]) await person.page.getByText(words.talk.inBreakout).first().waitFor();
    for (const person of [teacher, rosa, mei]) await person.hearsOnly(0);
    await seesNothingOf(rosa, mei);
    const roomOf = (person) =>
      dialog
        .getByRole('listitem')
        .filter({ has: teacher.page.getByRole('button', { name: lead.goInto }) })
        .filter({ hasText: person.name });
    await roomOf(rosa).getByRole('button', { name: lead.goInto }).click();
    await dialog.getByRole('button', { name: words.talk.close }).click();
    await teacher.seesAndHears([rosa.name]);
    await rosa.seesAndHears([teacher.name]);
    await seesNothingOf(teacher, mei);
    await teacher.hearsOnly(1);
    await mei.hearsOnly(0);
    await rosa.look('in a breakout room');
  });

  await story.chapter('who calls for help is heard of, and gone to with one press', async () => {
    await mei.page.getByRole('button', { name: lead.callForHelp }).click();
    await mei.page.getByRole('button', { name: lead.noMoreHelp }).waitFor();
    await teacher.look('help is called for');
    await teacher.page.getByRole('button', { name: lead.goToHelp }).first().click();
    await teacher.seesAndHears([mei.name]);
    await seesNothingOf(teacher, rosa);
    await rosa.hearsOnly(0);
  });

  await story.chapter('all come back, and their presence went on as one', async () => {
    const dialog = await fromMore(words.talk.breakouts);
    await dialog.getByRole('textbox', { name: lead.tellAll }).fill('We meet in the main room now.');
    await dialog.getByRole('button', { name: lead.sayIt }).click();
    await rosa.page.getByText('We meet in the main room now.').first().waitFor();
    await dialog.getByRole('button', { name: words.talk.bringBack }).click();
    await dialog.getByRole('button', { name: words.talk.close }).click();
    await teacher.seesAndHears([rosa.name, mei.name]);
    await rosa.seesAndHears([teacher.name, mei.name]);
    // What was said to everybody is there until it is closed.
    await rosa.page.getByText('We meet in the main room now.').first().waitFor();
    const { items } = await instructor.get(`/sessions/${session}/attendances`);
    for (const person of [rosa, mei]) {
      const row = items.find((item) => item.user.name === person.name);
      assert.equal(row.intervals.length, 1, `${person.name} was there in one piece`);
      assert.equal(row.intervals[0].left_at, null, `${person.name} is there`);
    }
  });

  await story.chapter('who is taken out is told, and cannot come back', async () => {
    await about(mei, words.room.removeThem);
    const dialog = teacher.page.getByRole('dialog', { name: mei.name });
    assert.match(await dialog.innerText(), lead.cannotComeBack);
    await dialog.getByRole('button', { name: words.room.removeConfirm }).last().click();
    await mei.page.getByText(words.room.removed).first().waitFor();
    const again = await house.as(mei.email);
    await assert.rejects(again.post(`/sessions/${session}/join`), /answered 403/);
    await seesNothingOf(rosa, mei);
    await teacher.seesAndHears([rosa.name]);
  });
});
