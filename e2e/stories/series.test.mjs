// A series is planned by keyboard and seen before it is there; part of it moves; days off are left out.
import assert from 'node:assert/strict';

import { axeFindsNothing, nothingSticksOut } from '../lib/axe.mjs';
import { all, cast } from '../lib/cast.mjs';
import { phone } from '../lib/person.mjs';
import { story } from '../lib/story.mjs';
import { until } from '../lib/until.mjs';
import { paths, words } from '../words.mjs';

const title = 'Tai chi';

story('A series is planned, seen and moved', async (story) => {
  const house = await story.openHouse();
  const { instructor, participants } = await cast(house);
  const program = await instructor.post('/programs', { title: 'Moving mornings', kind: 'course', summary: 'Slow and easy.' });
  await instructor.post(`/programs/${program.id}/publish`);
  const teacher = await story.person(instructor.me);
  const { page } = teacher;
  const said = words.series;
  const press = (key) => page.keyboard.press(key);
  const sessions = () => all(instructor, `/programs/${program.id}/sessions`);
  const fits = async (person, where) => {
    const wide = await person.page.evaluate(() => [...document.querySelectorAll('dialog[open]')].filter((one) => one.scrollWidth > one.clientWidth).length);
    assert.equal(wide, 0, `a dialog of ${where} is wider than it is`);
    await nothingSticksOut(person, where);
  };

  /** Monday and Wednesday, six times, by keyboard. */
  async function plan() {
    const add = teacher.button(said.add);
    await add.waitFor();
    await teacher.tabTo(add, 'Add session');
    await press('Enter');
    const sheet = page.getByRole('dialog');
    await teacher.tabTo(sheet.getByLabel(said.name), 'the name of the session');
    await page.keyboard.type(title);
    await teacher.tabTo(sheet.getByLabel(said.repeats), 'Repeats');
    await press('ArrowDown');
    for (const [day, name] of Object.entries(said.weekday)) {
      const box = sheet.getByRole('checkbox', { name });
      if ((await box.isChecked()) === ['MO', 'WE'].includes(day)) continue;
      await teacher.tabTo(box, `the weekday ${day}`);
      await press(' ');
    }
    await teacher.tabTo(sheet.getByLabel(said.ends), 'Ends');
    await press('ArrowDown');
    await teacher.tabTo(sheet.getByLabel(said.howMany), 'How many sessions');
    await page.keyboard.type('6');
    return sheet;
  }

  await story.chapter('every Monday and Wednesday, six times: the instructor sees what that would be', async () => {
    await teacher.signIn();
    await teacher.go(paths.workspace(program.id));
    const sheet = await plan();
    await sheet.getByRole('button', { name: said.plan }).waitFor();
    const list = sheet.getByRole('list', { name: said.preview });
    const more = sheet.getByRole('button', { name: said.showAll });
    if (await more.isVisible()) {
      await teacher.tabTo(more, 'Show all');
      await press('Enter');
    }
    await until('all six are shown', async () => (await list.getByRole('listitem').count()) === 6);
    assert.deepEqual(await sessions(), [], 'nothing is planned yet');
    await list.scrollIntoViewIfNeeded();
    await axeFindsNothing(teacher, 'the sheet of a new series');
    await fits(teacher, 'the sheet of a new series');
  });

  await story.chapter('plans them with one press', async () => {
    await teacher.tabTo(page.getByRole('button', { name: said.plan }), 'Plan 6 sessions');
    await press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const planned = await sessions();
    assert.equal(planned.length, 6);
    const days = planned.map(({ starts_local }) => new Date(`${starts_local}Z`).getUTCDay());
    assert.ok(days.every((day) => day === 1 || day === 3), `Mondays and Wednesdays: ${days}`);
  });

  await story.chapter('a participant sees them on the page of the program', async () => {
    const rosa = await story.person(participants[0], { size: phone, theme: 'dark' });
    await rosa.signIn();
    await rosa.go(paths.program(program.slug));
    const items = rosa.page.getByRole('listitem').filter({ has: rosa.page.getByRole('heading', { name: title }) });
    await until('six sessions are listed', async () => (await items.count()) === 6);
    await rosa.look('the page of the program');
  });

  await story.chapter('the third and those after it begin an hour later, and the first two do not', async () => {
    const third = (await sessions())[2];
    await teacher.go(`${paths.workspace(program.id)}?week=${third.starts_local.slice(0, 10)}`);
    const block = page.getByRole('region', { name: new RegExp(`^${Number(third.starts_local.slice(8, 10))}\\D`) }).getByRole('button', { name: said.marked(title) });
    await block.first().waitFor();
    await teacher.look('the week');
    await teacher.tabTo(block.first(), 'the third session');
    await press('Enter');
    const sheet = page.getByRole('dialog').first();
    for (const [field, time] of [[said.from, '11:00'], [said.to, '12:00']]) {
      await teacher.tabTo(sheet.getByLabel(field), time);
      await page.keyboard.type(time);
    }
    await axeFindsNothing(teacher, 'the sheet of one of a series');
    await teacher.tabTo(sheet.getByRole('button', { name: said.save }), 'Save');
    await press('Enter');
    const dialog = page.getByRole('dialog', { name: said.whatChanges });
    await teacher.tabTo(dialog.getByRole('radio').first(), 'the choice of how many');
    await press('ArrowDown');
    await dialog.getByText(said.moves).waitFor();
    assert.ok(await dialog.getByRole('radio', { name: said.after }).isChecked());
    await axeFindsNothing(teacher, 'what changes');
    await fits(teacher, 'what changes');
    await teacher.tabTo(dialog.getByRole('button', { name: said.saveChanges }), 'Save these changes');
    await press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const hours = (await sessions()).map(({ starts_local }) => starts_local.slice(11, 16));
    assert.deepEqual(hours, ['10:00', '10:00', '11:00', '11:00', '11:00', '11:00']);
  });

  await story.chapter('what goes out of the timetable is counted before it goes', async () => {
    const third = (await sessions())[2];
    await teacher.go(`${paths.workspace(program.id)}?session=${third.id}`);
    await page.getByRole('button', { name: said.cancel }).click();
    const dialog = page.getByRole('dialog').last();
    await dialog.getByRole('radio', { name: said.after }).check();
    await dialog.getByText(said.goOut).waitFor();
    await axeFindsNothing(teacher, 'taking sessions out');
    await dialog.getByRole('button', { name: said.back }).click();
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  await story.chapter('a day off is left out of the next series, on a phone in the dark too', async () => {
    const first = (await sessions())[0].starts_local.slice(0, 10);
    await page.getByRole('button', { name: said.addDaysOff }).click();
    const dialog = page.getByRole('dialog', { name: said.addDaysOff });
    await dialog.getByLabel(said.called).fill('Outing');
    await dialog.getByLabel(said.firstDay).fill(first);
    await axeFindsNothing(teacher, 'adding a day off');
    await dialog.getByRole('button', { name: said.addTheseDays }).click();
    await page.getByRole('region', { name: said.daysOff }).getByText('Outing').waitFor();
    await axeFindsNothing(teacher, 'the week with days off');

    const hand = await story.person(instructor.me, { size: phone, theme: 'dark' });
    await hand.signIn();
    await hand.go(`${paths.workspace(program.id)}?week=${first}`);
    await hand.page.getByRole('button', { name: said.marked(title) }).first().waitFor();
    await hand.page.getByRole('region', { name: said.daysOff }).scrollIntoViewIfNeeded();
    await hand.look('days off, phone');
    await hand.go(`${paths.workspace(program.id)}?session=new&week=${first}`);
    const sheet = hand.page.getByRole('dialog');
    await sheet.getByLabel(said.repeats).selectOption('weekday');
    await sheet.getByText(said.leftOut).waitFor();
    await sheet.getByText(said.clash).first().waitFor();
    await sheet.getByLabel(said.repeats).scrollIntoViewIfNeeded();
    await hand.look('repeats, phone');
    await sheet.getByText(said.leftOut).scrollIntoViewIfNeeded();
    await hand.look('preview, phone');
    await fits(hand, 'the sheet on a phone');
    await hand.page.setViewportSize({ width: 320, height: 640 });
    await fits(hand, 'the sheet at 320 pixels');
    await hand.look('preview, 320');
  });
  assert.deepEqual(teacher.complaints, [], 'the console is quiet');
});
