// Who plays: the people of the sample house that a story needs, found through the API.
import assert from 'node:assert/strict';

export const adminEmail = 'admin@demo.example';
export const instructorEmail = 'instructor@demo.example';
export const participantEmail = 'participant@demo.example';

/** Every page of a list. */
export async function all(api, path) {
  const items = [];
  let after = '';
  do {
    const page = await api.get(`${path}${path.includes('?') ? '&' : '?'}limit=100${after}`);
    items.push(...page.items);
    after = page.next ? `&after=${encodeURIComponent(page.next)}` : null;
  } while (after);
  return items;
}

/** The class of the instructor's that is due now, and people enrolled in it, the participant of the sample house first. */
export async function cast(house) {
  const admin = await house.as(adminEmail);
  const instructor = await house.as(instructorEmail);
  const { items } = await instructor.get('/overview');
  const due = items.find((item) => item.state === 'open' && item.role === 'staff');
  assert.ok(due, `the sample day has a class of the instructor's inside its join window: ${JSON.stringify(items)}`);
  const people = new Map((await all(admin, '/users')).map((user) => [user.id, user]));
  const participants = (await all(instructor, `/programs/${due.program.id}/enrollments`))
    .filter((enrollment) => enrollment.status === 'active')
    .map((enrollment) => people.get(enrollment.user.id))
    .filter((user) => user?.email && user.active)
    .sort((a, b) => (b.email === participantEmail) - (a.email === participantEmail));
  assert.ok(participants.length >= 3, 'three people are enrolled in it');
  assert.equal(participants[0].email, participantEmail, 'the participant of the sample house is enrolled in it');
  return { admin, instructor, due, session: due.session.id, title: due.session.title, participants };
}

/** Another class of the same program, that begins in a few minutes and can be started now. */
export async function anotherClass(instructor, program, title) {
  const begins = new Date(Date.now() + 3 * 60_000);
  const ends = new Date(Date.now() + 48 * 60_000);
  return instructor.post(`/programs/${program}/sessions`, { title, starts_at: begins.toISOString(), ends_at: ends.toISOString() });
}
