// The record of a class, and whether it tells what the test itself saw.
import assert from 'node:assert/strict';

/** What the record may differ from what was seen: 2 s. */
export const slack = 2_000;
/** How old a last sign of life may be when somebody vanishes: 10 s. */
export const silence = 10_000;

/** Who came, as the API tells it. */
export function whoCame(api, session) {
  return api.get(`/sessions/${session}/attendances?absent=true&limit=100`);
}

/** The record's row of one person. */
export function rowOf(record, name) {
  const row = record.items.find((item) => item.user.name === name);
  assert.ok(row, `${name} is in the record`);
  return row;
}

const clock = (time) => (time === null ? 'now' : new Date(time).toISOString().slice(11, 23));
const told = (list) => list.map(({ from, to }) => `${clock(from)} to ${clock(to)}`).join(', ');

/**
 * The row's intervals are the presences that were seen, each end true to `slack`; a presence that `vanished` may end up to
 * `silence` earlier, at its last sign of life. And the seconds are the sum of the intervals.
 *
 * @param {{ from: number, to: number, vanished?: boolean }[]} seen
 */
export function tellsWhatWasSeen(row, stretches) {
  const { name } = row.user;
  const seen = withoutReloads(stretches);
  const kept = row.intervals.map(({ joined_at, left_at }) => ({
    from: Date.parse(joined_at),
    to: left_at === null ? null : Date.parse(left_at),
  }));
  const both = `${name}: the record says ${told(kept)}; seen was ${told(seen)}`;
  assert.equal(kept.length, seen.length, both);
  seen.forEach(({ from, to, vanished }, i) => {
    assert.ok(Math.abs(kept[i].from - from) <= slack, `when ${name} came. ${both}`);
    const earliest = to - (vanished ? silence : 0) - slack;
    assert.ok(kept[i].to !== null && kept[i].to >= earliest && kept[i].to <= to + slack, `when ${name} left. ${both}`);
  });
  const sum = kept.reduce((seconds, { from, to }) => seconds + (to - from) / 1000, 0);
  assert.ok(Math.abs(row.seconds - sum) < 0.01 * kept.length + 0.001, `${name}'s ${row.seconds} s are the sum of the intervals, ${sum} s`);
}

/** A page that is back within ten seconds was not silent long enough to have left: its stretches are one. */
function withoutReloads(stretches) {
  const seen = [];
  for (const stretch of stretches) {
    const last = seen.at(-1);
    if (last && !last.vanished && stretch.from - last.to < silence) seen[seen.length - 1] = { ...stretch, from: last.from };
    else seen.push(stretch);
  }
  return seen;
}
