// Every page, on a computer and on a phone: axe finds nothing in either theme, nothing sticks out, nothing complains.
import assert from 'node:assert/strict';

import { axeFindsNothing, nothingSticksOut } from '../lib/axe.mjs';
import { adminEmail, cast } from '../lib/cast.mjs';
import { desktop, phone } from '../lib/person.mjs';
import { story } from '../lib/story.mjs';
import { paths } from '../words.mjs';

for (const [size, viewport] of Object.entries({ desktop, phone })) {
  story(`Every page is accessible, ${size}`, async (story) => {
    const house = await story.openHouse();
    const { instructor, due, session, title, participants } = await cast(house);
    const how = { size: viewport };

    const holds = (person, where, path, ready) =>
      story.chapter(
        where,
        async () => {
          await person.go(path);
          await ready(person.page).first().waitFor();
          await person.page.getByRole('heading', { level: 1 }).first().waitFor();
          await axeFindsNothing(person, where);
          await nothingSticksOut(person, where);
          assert.match(await person.page.title(), /\S/, 'the page has a title');
          assert.ok(await person.page.locator('html').getAttribute('lang'), 'the page names its language');
          assert.deepEqual(person.complaints.splice(0), [], 'the console is quiet');
        },
        { goOn: true },
      );
    const heading = (page) => page.getByRole('heading', { level: 1 });
    const text = (what) => (page) => page.getByText(what);

    const stranger = await story.person({ name: 'Stranger' }, how);
    await holds(stranger, 'sign-in', paths.signIn, heading);
    await holds(stranger, 'forgot', paths.forgot, heading);
    await holds(stranger, 'catalogue', paths.catalogue, heading);
    await holds(stranger, 'program', paths.program('watercolour-evenings'), text('Watercolour Evenings'));
    stranger.mayHear(/404/); // a refused link is a 404, and the console says so
    await holds(stranger, 'set-up-used', '/set-up#nothing', heading);
    await holds(stranger, 'reset-used', '/reset#nothing', heading);

    const rosa = await story.person(participants[0], how);
    await rosa.signIn();
    await holds(rosa, 'my-day', paths.myDay, (page) => page.getByRole('heading', { name: title }));
    await holds(rosa, 'me', paths.me, heading);
    await holds(rosa, 'device-check', paths.room(session), heading);

    const teacher = await story.person(instructor.me, how);
    await teacher.signIn();
    await holds(teacher, 'overview', paths.overview, text(title));
    await holds(teacher, 'manage', paths.manage, text(due.program.title));
    await holds(teacher, 'workspace', paths.workspace(due.program.id), text(due.program.title));

    await story.chapter('room', async () => {
      await instructor.post(`/sessions/${session}/start`);
      await rosa.pressJoinOnMyDay(title);
      await rosa.passDeviceCheckIfAsked();
      await axeFindsNothing(rosa, 'room');
      await nothingSticksOut(rosa, 'room');
    }, { goOn: true });
    await holds(teacher, 'who-came', paths.whoCame(session), text(participants[0].name));

    const admin = await story.person({ name: 'Admin', email: adminEmail }, how);
    await admin.signIn();
    await holds(admin, 'people', paths.people, text(participants[0].name));
    await holds(admin, 'mails', paths.mails, heading);
  });
}
