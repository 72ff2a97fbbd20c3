// Into a class and out of it again, without a mouse.
import { cast } from '../lib/cast.mjs';
import { password } from '../lib/house.mjs';
import { story } from '../lib/story.mjs';
import { until } from '../lib/until.mjs';
import { paths, words } from '../words.mjs';

story('A person joins with the keyboard alone', async (story) => {
  const house = await story.openHouse();
  const { instructor, session, title, participants } = await cast(house);
  await instructor.post(`/sessions/${session}/start`);
  const rosa = await story.person(participants[0]);
  const { page } = rosa;
  const press = (key) => page.keyboard.press(key);

  await story.chapter('signs in', async () => {
    await rosa.go(paths.signIn);
    const email = page.getByRole('textbox', { name: words.signIn.email });
    await email.waitFor();
    await rosa.tabTo(email, 'the email field');
    await page.keyboard.type(rosa.email);
    const usePassword = page.getByRole('button', { name: words.signIn.usePassword });
    if (await usePassword.isVisible()) {
      await rosa.tabTo(usePassword, 'Use a password');
      await press('Enter');
    }
    await rosa.tabTo(page.getByLabel(words.signIn.password), 'the password field');
    await page.keyboard.type(password);
    await press('Enter');
    await rosa.at(paths.myDay);
  });

  await story.chapter('joins the class that is on', async () => {
    const item = page.getByRole('listitem').filter({ hasText: title }).first();
    const join = rosa.button(words.day.join, item);
    await join.waitFor();
    await rosa.tabTo(join, 'Join');
    await press('Enter');
    const go = page.getByRole('button', { name: words.lobby.join });
    await go.waitFor();
    await rosa.tabTo(go, 'Join, after the device check');
    await press('Enter');
    await rosa.isInTheRoom();
  });

  await story.chapter('is told where they are: the focus is on the name of the class', async () => {
    await until('the focus is on the heading', () => page.evaluate(() => document.activeElement?.tagName === 'H1'));
  });

  await story.chapter('mutes with M, and with the button', async () => {
    await rosa.control(words.room.mute).waitFor();
    await press('m');
    await rosa.control(words.room.unmute).waitFor();
    await rosa.tabTo(rosa.control(words.room.unmute), 'Unmute');
    await press('Enter');
    await rosa.control(words.room.mute).waitFor();
  });

  await story.chapter('speaks while Space is held', async () => {
    await press('m');
    await rosa.control(words.room.unmute).waitFor();
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.down(' ');
    await rosa.control(words.room.mute).waitFor();
    await page.keyboard.up(' ');
    await rosa.control(words.room.unmute).waitFor();
  });

  await story.chapter('gives a shortcut another key under More', async () => {
    await rosa.tabTo(rosa.control(words.room.more), 'More');
    await press('Enter');
    const menu = page.getByRole('dialog', { name: words.room.more });
    await menu.waitFor();
    await press('ArrowUp');
    await until('the last choice has the focus', () =>
      menu.getByRole('button', { name: words.room.shortcuts }).evaluate((choice) => choice === document.activeElement));
    await press('Enter');
    const list = page.getByRole('dialog', { name: words.room.shortcuts });
    await list.waitFor();
    await rosa.tabTo(list.getByRole('button', { name: words.room.changeMute }), 'Change');
    await press('Enter');
    await press('k');
    await press('Escape');
    await list.waitFor({ state: 'detached' });
    await press('k');
    await rosa.control(words.room.mute).waitFor();
  });

  await story.chapter('goes into the calm view and back', async () => {
    await rosa.tabTo(page.getByRole('button', { name: words.room.calm }), 'Calm');
    await press('Enter');
    const back = page.getByRole('button', { name: words.room.leaveCalm });
    await until('the way back has the focus', () => back.evaluate((button) => button === document.activeElement));
    await press('Enter');
    await rosa.control(words.room.more).waitFor();
  });

  await story.chapter('leaves', async () => {
    await rosa.tabTo(rosa.control(words.room.leave), 'Leave');
    await press('Enter');
    await until('the room is left', async () => !(await rosa.control(words.room.leave).isVisible()));
  });
});
