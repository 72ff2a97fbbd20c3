// What a class makes together: one draws with the hand, another adds and moves with words and keys, nothing of it is lost with
// the server, and all write the notes. Afterwards it is there to be read.
import assert from 'node:assert/strict';

import { axeFindsNothing, nothingSticksOut } from '../lib/axe.mjs';
import { cast } from '../lib/cast.mjs';
import { phone } from '../lib/person.mjs';
import { story } from '../lib/story.mjs';
import { paths, words } from '../words.mjs';

story('A board and notes', async (story) => {
  const house = await story.openHouse();
  const { instructor, session, title, participants } = await cast(house);
  await instructor.post(`/sessions/${session}/start`);
  const teacher = await story.person(instructor.me);
  const rosa = await story.person(participants[0]);
  const mei = await story.person(participants[1], { size: phone });
  const canvas = (person) => person.page.locator('.bd-stage canvas').last();
  const list = (person) => person.page.getByRole('list', { name: words.board.things });
  const thing = (person, text) => list(person).getByRole('button', { name: text });
  const openList = async (person) => {
    await person.button(words.board.asList).click();
    await person.page.getByRole('complementary', { name: words.board.asList }).waitFor();
  };

  await story.chapter('a host opens the whiteboard and shows it to everyone', async () => {
    await teacher.signIn();
    await teacher.go(paths.room(session));
    await teacher.passDeviceCheckIfAsked();
    await rosa.signIn();
    await rosa.joinFromMyDay(title);
    await rosa.isInTheRoom();
    await mei.signIn();
    await mei.joinFromMyDay(title);
    await mei.isInTheRoom();
    const hers = await house.as(participants[0].email);
    await hers.put(`/sessions/${session}/recording_consent`, { yes: true });
    await teacher.control(words.room.more).click();
    await teacher.page.getByRole('button', { name: words.recording.record }).click();
    await teacher.page.getByRole('dialog').getByRole('button', { name: words.recording.record }).click();
    await teacher.page.getByRole('button', { name: words.recording.inIt }).waitFor();
    await teacher.page.keyboard.press('w');
    await canvas(teacher).waitFor();
    await teacher.button(words.board.menu).click();
    await teacher.button(words.board.showAll).click();
    await canvas(rosa).waitFor();
    await canvas(mei).waitFor();
  });

  await story.chapter('a stroke of the hand is a thing of the list on the other page', async () => {
    await teacher.button(words.board.draw).click();
    const box = await canvas(teacher).boundingBox();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 3];
    await teacher.page.mouse.move(x, y);
    await teacher.page.mouse.down();
    for (let step = 0; step < 30; step += 1) await teacher.page.mouse.move(x + step * 6, y + Math.sin(step / 3) * 30);
    await teacher.page.mouse.up();
    await openList(rosa);
    await thing(rosa, /^black drawing/i).waitFor();
    assert.match(await thing(rosa, /^black drawing/i).textContent(), new RegExp(instructor.me.name.split(' ')[0]));
  });

  await story.chapter('by keyboard alone: add, edit, move by words, delete, undo', async () => {
    const { page } = rosa;
    await rosa.tabTo(rosa.button(words.board.add), 'Add');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: words.board.text }).waitFor();
    await rosa.tabTo(page.getByRole('textbox', { name: words.board.text }), 'the text');
    await page.keyboard.type('A big sun');
    await page.getByRole('dialog').getByRole('button', { name: words.board.addIt }).press('Enter');
    await thing(rosa, /^A big sun/).waitFor();
    await openList(teacher);
    await thing(teacher, /^A big sun/).waitFor();
    await thing(rosa, /^A big sun/).focus();
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: words.board.text }).fill('A very big sun');
    await page.getByRole('dialog').getByRole('button', { name: words.board.change }).press('Enter');
    await thing(teacher, /^A very big sun/).waitFor();
    await thing(rosa, /^A very big sun/).focus();
    await rosa.button(words.board.move).first().press('Enter');
    await page.getByRole('combobox', { name: words.board.whereTo }).selectOption({ index: 1 });
    await rosa.look('move by words');
    await axeFindsNothing(rosa, 'moving by words');
    await page.getByRole('dialog').getByRole('button', { name: words.board.moveIt }).press('Enter');
    await thing(rosa, /^A very big sun/).focus();
    await page.keyboard.press('Delete');
    await thing(teacher, /^A very big sun/).waitFor({ state: 'detached' });
    await rosa.button(words.board.undo).last().press('Enter');
    await thing(teacher, /^A very big sun/).waitFor();
    await thing(teacher, /^black drawing/i).waitFor();
    await teacher.look('board, host');
    await rosa.look('board as a list');
    await mei.look('board, phone');
    await axeFindsNothing(rosa, 'board and its list');
    await nothingSticksOut(mei, 'a board on a phone');
  });

  await story.chapter('a server that is killed has lost nothing, and who drew meanwhile has it sent', async () => {
    await house.kill9();
    await rosa.button(words.board.add).first().press('Enter');
    await rosa.page.getByRole('textbox', { name: words.board.text }).fill('While you were away');
    await rosa.page.getByRole('dialog').getByRole('button', { name: words.board.addIt }).press('Enter');
    await thing(rosa, /^While you were away/).waitFor();
    await house.start();
    await thing(teacher, /^While you were away/).waitFor({ timeout: 30_000 });
    await thing(teacher, /^A very big sun/).waitFor();
  });

  await story.chapter('notes are written by all', async () => {
    await teacher.page.getByRole('tab', { name: words.board.notes }).click();
    await rosa.page.getByRole('tab', { name: words.board.notes }).click();
    const text = (person) => person.page.getByRole('textbox', { name: words.board.notesOf });
    await text(teacher).click();
    await teacher.page.keyboard.type('Tear the paper slowly.');
    await text(rosa).getByText('Tear the paper slowly.').waitFor();
    await text(rosa).click();
    await rosa.page.keyboard.press('Control+End');
    await rosa.page.keyboard.press('Enter');
    await rosa.page.keyboard.type('Blue for the sea.');
    await text(teacher).getByText('Blue for the sea.').waitFor();
    await teacher.look('notes');
    await axeFindsNothing(teacher, 'notes');
  });

  await story.chapter('in the replay the board is as it was at each moment', async () => {
    await instructor.post(`/sessions/${session}/end`);
    await rosa.go(`/sessions/${session}/replay`);
    await rosa.page.getByRole('button', { name: 'Whiteboard', exact: true }).click();
    await rosa.page.locator('.rp-board canvas').waitFor();
    const place = rosa.page.getByRole('slider', { name: words.recording.place });
    await place.press('Home');
    await rosa.page.getByRole('img', { name: /^2 things/ }).waitFor({ state: 'detached' });
    await place.press('End');
    await rosa.page.getByRole('img', { name: /^2 things/ }).waitFor();
    await rosa.page.getByText('The board in words').click();
    await rosa.page.locator('.rp-board').getByText(/note, by .*: A very big sun/).waitFor();
    await rosa.look('replay of a board');
    await axeFindsNothing(rosa, 'the replay of a board');
  });

  await story.chapter('after the class its members read both', async () => {
    await rosa.go(`/sessions/${session}/documents`);
    await rosa.page.getByText('Blue for the sea.').waitFor();
    await rosa.page.getByText(/note, by .*: A very big sun/).waitFor();
    await rosa.page.locator('.bp-paper canvas').waitFor();
    await rosa.look('boards and notes, afterwards');
    await axeFindsNothing(rosa, 'boards and notes');
  });
});
