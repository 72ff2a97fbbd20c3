// The ways into the house: the first-run link, the password, the personal join link.
import assert from 'node:assert/strict';

import { cast, participantEmail } from '../lib/cast.mjs';
import { password } from '../lib/house.mjs';
import { story } from '../lib/story.mjs';
import { until } from '../lib/until.mjs';
import { paths, words } from '../words.mjs';

story('An empty house is set up by its one-time link', async (story) => {
  const house = await story.openHouse({ demo: false });
  const link = await house.setUpLink();
  const ada = await story.person({ name: 'Ada Nwosu', email: 'ada@house.example' });

  await story.chapter('the link asks who this is for, and opens the house', async () => {
    await ada.page.goto(link);
    const { page } = ada;
    const fields = [
      [words.setUp.organisation, 'Harbour Lane'],
      [words.setUp.name, ada.name],
      [words.setUp.email, ada.email],
      [words.setUp.password, password],
    ];
    // One question per page or all on one: what is asked is answered, until the house is open.
    await until('the house is open', async () => {
      if (new URL(page.url()).pathname === paths.overview) return true;
      for (const [label, value] of fields) {
        const field = page.getByLabel(label).first();
        if ((await field.isVisible()) && (await field.inputValue()) === '') await field.fill(value);
      }
      const next = page.getByRole('button', { name: words.setUp.next }).first();
      if (await next.isVisible()) await next.click();
      return false;
    }, { within: 30_000, every: 500 });
    await page.getByText('Harbour Lane').first().waitFor();
    await ada.look('overview');
  });

  await story.chapter('a second use of the link is refused', async () => {
    const late = await story.person({ name: 'Late' });
    await late.page.goto(link);
    await late.page.getByText(words.setUp.used).first().waitFor();
    await late.look('used');
  });

  await story.chapter('the admin signs in with the password', async () => {
    const again = await story.person({ name: 'Ada again', email: ada.email });
    await again.signIn();
    await again.at(paths.overview);
  });
});

story('A wrong password is told in plain words', async (story) => {
  await story.openHouse();
  const rosa = await story.person({ name: 'Rosa', email: participantEmail });
  await rosa.go(paths.signIn);
  await rosa.fillSignIn('not the password');
  await rosa.page.getByRole('alert').first().waitFor();
  assert.equal(new URL(rosa.page.url()).pathname, paths.signIn);
  await rosa.look('refused');
});

story('A personal join link opens My day and the room without a password', async (story) => {
  const house = await story.openHouse();
  const { admin, instructor, session, title, participants } = await cast(house);
  const [someone] = participants;
  const { url } = await admin.post(`/users/${someone.id}/join_link`);
  const rosa = await story.person(someone);

  await story.chapter('the link leads to My day, and its secret is gone from the address', async () => {
    await rosa.page.goto(url);
    await rosa.at(paths.myDay);
    assert.ok(!rosa.page.url().includes(new URL(url).hash.slice(1)), 'the token is not left in the address bar');
    await rosa.page.getByText(title).first().waitFor();
  });

  await story.chapter('one button leads into the class', async () => {
    await instructor.post(`/sessions/${session}/start`);
    await rosa.joinFromMyDay(title);
    await rosa.isInTheRoom();
    await rosa.control(words.room.leave).click();
  });

  await story.chapter('it opens no page of staff', async () => {
    await rosa.go(paths.manage);
    await until('a staff page leads elsewhere, or says no', async () => {
      const away = new URL(rosa.page.url()).pathname !== paths.manage;
      return away || (await rosa.page.getByRole('alert').first().isVisible());
    });
  });

  await story.chapter('a revoked link says so', async () => {
    await admin.delete(`/users/${someone.id}/join_link`);
    const late = await story.person({ name: 'Late' });
    await late.page.goto(url);
    await late.page.getByText(words.link.used).first().waitFor();
    await late.look('revoked');
  });
});
