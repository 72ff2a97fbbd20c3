// What makes it bearable: text at twice its size on a phone, and a word to who talks while muted.
import { nothingSticksOut } from '../lib/axe.mjs';
import { cast } from '../lib/cast.mjs';
import { phone } from '../lib/person.mjs';
import { story } from '../lib/story.mjs';
import { paths, words } from '../words.mjs';

const MINUTE = 60_000;

/** The day as it could be at its fullest: long words, a break, one over, one cancelled, one live with many people. */
function fullest(day) {
  const at = (minutes) => new Date(Date.now() + minutes * MINUTE).toISOString();
  const [model] = day.items;
  const item = (title, from, to, change) => ({
    ...model,
    can_join_at: at(from - 10),
    ...change,
    session: { ...model.session, id: title, title, starts_at: at(from), ends_at: at(to), ...change.session },
  });
  return {
    ...day,
    items: [
      item('Tea and talk', -120, -80, { state: 'over', my_seconds: 2400 }),
      item('Understanding multidisciplinary conversations', -70, -60, {
        state: 'cancelled',
        session: { state: 'cancelled', cancel_reason: 'Ingrid is ill, and nobody else plays the harpsichord.' },
      }),
      item('Gentle movement and conversation', -20, 25, {
        state: 'live',
        in_room: 11,
        in_room_names: ['Ada B', 'Cy D', 'Eve F', 'Gus H', 'Ina J'],
      }),
      item('Book club', 75, 120, { state: 'later' }),
    ],
  };
}

story('My day holds text of twice the size', async (story) => {
  const house = await story.openHouse();
  const { participants } = await cast(house);
  for (const width of [390, 320]) {
    const rosa = await story.person(participants[0], { size: phone });
    await rosa.page.setViewportSize({ width, height: phone.height });
    await rosa.context.addInitScript(() => localStorage.setItem('vdp-look', '{"size":200}'));
    await rosa.page.route('**/api/v1/me/day?*', async (route) => {
      const answer = await route.fetch();
      const day = await answer.json();
      await route.fulfill({ json: day.items.length > 0 ? fullest(day) : day });
    });
    await rosa.signIn();
    await story.chapter(`at ${width} pixels`, async () => {
      await rosa.go(paths.myDay);
      await rosa.page.getByRole('heading', { name: 'Gentle movement and conversation' }).waitFor();
      await rosa.look(`my-day.${width}`);
      await nothingSticksOut(rosa, `My day at ${width}`);
    }, { goOn: true });
  }
});

story('Who talks while muted is told', async (story) => {
  const house = await story.openHouse();
  const { instructor, session, title, participants } = await cast(house);
  await instructor.post(`/sessions/${session}/start`);
  const rosa = await story.person(participants[0]);
  await rosa.signIn();
  await rosa.joinFromMyDay(title);
  const controls = await rosa.isInTheRoom();
  const told = rosa.page.getByText(words.room.talkingMuted).first();

  await story.chapter('the pretended microphone speaks on', async () => {
    await rosa.control(words.room.mute).click();
    await told.waitFor();
    await rosa.look('told');
  });
  await story.chapter('and the word goes away with the mute', async () => {
    await controls.getByRole('button', { name: words.room.unmute }).click();
    await told.waitFor({ state: 'detached' });
  });
});
